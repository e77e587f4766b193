package dev.steadymail.accounts;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The parameters after {@code ?}, each known and given once. */
record Parameters(Map<String, String> values) {
    static Parameters parse(@Nullable String query, Set<String> known) {
        Map<String, String> values = new HashMap<>();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                add(pair, known, values);
            }
        }
        return new Parameters(values);
    }

    @Nullable
    String get(String name) {
        return values.get(name);
    }

    private static void add(String pair, Set<String> known, Map<String, String> values) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        if (!known.contains(name)) {
            throw InvalidAccountUrlException.withSecret("an account URL of this kind has only the parameters "
                    + String.join(", ", new TreeSet<>(known))
                    + "; leave others out (a secret is never a parameter)");
        }
        String value = equals < 0 ? "" : Percent.decode(name, pair.substring(equals + 1));
        if (value.isBlank()) {
            throw InvalidAccountUrlException.of(name + " has no value; write " + name + "=VALUE or leave it out");
        }
        if (values.putIfAbsent(name, value) != null) {
            throw InvalidAccountUrlException.of(name + " is given more than once; give it once");
        }
    }
}
