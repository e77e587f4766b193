package dev.steadymail.benchmarks.scale;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Answers UID SEARCH for ALL, UID sets and sequence sets, with RETURN (RFC 4731) or without. */
final class SearchAnswer {
    private SearchAnswer() {}

    /** Writes the response and returns the completion. */
    static String write(Mailbox mailbox, String tag, Words arguments, StringBuilder out) {
        String key = arguments.nextName();
        String options = "";
        boolean extended = key.equals("RETURN");
        if (extended) {
            options = arguments.next();
            key = arguments.nextName();
        }
        if (key.equals("UID")) {
            key = arguments.next();
        }
        String set = key.equals("ALL") ? "1:*" : key;
        if (!set.matches("[0-9*,:]+") || !arguments.isEmpty()) {
            return "BAD unknown search key";
        }
        int[] found = MessageSet.existing(set, mailbox.messages()).toArray();
        if (extended) {
            out.append("* ESEARCH (TAG \"").append(tag).append("\") UID");
            extended(Words.inside(options), found, out);
        } else {
            out.append("* SEARCH");
            Arrays.stream(found).forEach(uid -> out.append(' ').append(uid));
        }
        out.append("\r\n");
        return "OK done";
    }

    /** ALL, MIN and MAX are left out where nothing was found; without options ALL is meant. */
    private static void extended(Words options, int[] found, StringBuilder out) {
        do {
            String option = options.nextName();
            if (option.equals("COUNT")) {
                out.append(" COUNT ").append(found.length);
            } else if (found.length > 0) {
                switch (option) {
                    case "MIN" -> out.append(" MIN ").append(found[0]);
                    case "MAX" -> out.append(" MAX ").append(found[found.length - 1]);
                    default -> out.append(" ALL ").append(ranges(found));
                }
            }
        } while (!options.isEmpty());
    }

    private static String ranges(int[] ascending) {
        int last = ascending.length - 1;
        if (ascending[last] - ascending[0] == last) {
            return last == 0 ? Integer.toString(ascending[0]) : ascending[0] + ":" + ascending[last];
        }
        return Arrays.stream(ascending).mapToObj(Integer::toString).collect(Collectors.joining(","));
    }
}
