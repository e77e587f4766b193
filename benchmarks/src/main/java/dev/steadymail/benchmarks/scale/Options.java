package dev.steadymail.benchmarks.scale;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The command line: {@code --name value} pairs. */
public final class Options {
    private final Map<String, String> values = new HashMap<>();

    /** @throws IllegalArgumentException if a name is none of the known ones, or lacks its value */
    public Options(Set<String> known, String... arguments) {
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i];
            if (!name.startsWith("--") || !known.contains(name.substring(2)) || i + 1 == arguments.length) {
                throw new IllegalArgumentException(name + " is no option or lacks its value; options: " + known);
            }
            values.put(name.substring(2), arguments[i + 1]);
        }
    }

    public String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    /**
     * Returns an option's value.
     *
     * @throws NumberFormatException if it is no whole number
     */
    public int number(String name, int otherwise) {
        String value = values.get(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }
}
