package dev.steadymail.benchmarks.imap;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Named numbers as one line of JSON, in the order given. Not thread-safe. */
final class Figures {
    private final Map<String, Number> numbers = new LinkedHashMap<>();

    Figures put(String name, Number number) {
        numbers.put(name, number);
        return this;
    }

    String json() {
        return numbers.entrySet().stream()
                .map(each -> "\"" + each.getKey() + "\": " + each.getValue())
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
