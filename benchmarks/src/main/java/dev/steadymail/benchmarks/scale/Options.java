package dev.steadymail.benchmarks.scale;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The command line: {@code --name value} pairs. */
public final class Options {
    private final Map<String, String> values = new HashMap<>();

    /**
     * Takes the arguments of a program.
     *
     * @throws IllegalArgumentException if a name is none of the known ones, or lacks its value
     */
    public Options(Set<String> known, String... arguments) {
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i];
            if (!name.startsWith("--") || !known.contains(name.substring(2)) || i + 1 == arguments.length) {
                throw new IllegalArgumentException(name + " is no option or lacks its value; options: " + known);
            }
            values.put(name.substring(2), arguments[i + 1]);
        }
    }

    /** Returns a value, or another where it is not given. */
    public String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /**
     * Returns a number, or another where it is not given.
     *
     * @throws NumberFormatException if the value is no whole number
     */
    public int number(String name, int otherwise) {
        String value = values.get(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }
}
