package dev.steadymail.cli.account;

import dev.steadymail.cli.outcome.CommandException;
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
            throw CommandException.usage(
                    "ACCOUNT has a parameter that is not known here; known: " + String.join(", ", new TreeSet<>(known))
                            + " (a secret is never a parameter: set STEADYMAIL_PASSWORD)");
        }
        String value = equals < 0 ? "" : Percent.decode(name, pair.substring(equals + 1));
        if (value.isBlank()) {
            throw CommandException.usage(name + " has no value; write " + name + "=VALUE or leave it out");
        }
        if (values.putIfAbsent(name, value) != null) {
            throw CommandException.usage(name + " is given more than once in ACCOUNT");
        }
    }
}
