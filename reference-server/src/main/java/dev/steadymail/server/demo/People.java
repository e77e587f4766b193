package dev.steadymail.server.demo;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everybody in the demo by a short name, from lines {@code alias = Name <address>}. Immutable. */
final class People {
    private final Map<String, Person> byAlias;

    private People(Map<String, Person> byAlias) {
        this.byAlias = byAlias;
    }

    static People read(String lines) {
        Map<String, Person> people = new HashMap<>();
        lines.lines().filter(line -> !line.isBlank()).forEach(line -> {
            int equals = line.indexOf('=');
            int angle = line.indexOf('<');
            String name = line.substring(equals + 1, angle).strip();
            String address = line.substring(angle + 1, line.lastIndexOf('>'));
            people.put(line.substring(0, equals).strip(), new Person(name, address));
        });
        return new People(Map.copyOf(people));
    }

    /** Returns the people of a list of aliases with commas; empty for an empty list. */
    List<Person> list(String aliases) {
        return Arrays.stream(aliases.split(","))
                .map(String::strip)
                .filter(alias -> !alias.isEmpty())
                .map(this::get)
                .toList();
    }

    Person get(String alias) {
        Person person = byAlias.get(alias);
        if (person == null) {
            throw new IllegalArgumentException("people.txt has nobody called " + alias);
        }
        return person;
    }
}
