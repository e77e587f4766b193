package dev.steadymail.testkit.imap;

import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Flags of messages: the five system flags that a client may set, and keywords (RFC 3501 section 2.3.2). Case does not matter. */
final class FlagNames {

    static final String SEEN = "\\Seen";
    static final String DELETED = "\\Deleted";
    static final String ANSWERED = "\\Answered";
    static final String FLAGGED = "\\Flagged";
    static final String DRAFT = "\\Draft";

    static final List<String> SYSTEM = List.of(ANSWERED, FLAGGED, DELETED, SEEN, DRAFT);

    private static final String FORBIDDEN = "(){ %*\"\\]";

    private FlagNames() {}

    /** Returns the usual spelling of a system flag and keywords as they are. */
    static String canonical(String flag) {
        for (String known : SYSTEM) {
            if (known.equalsIgnoreCase(flag)) {
                return known;
            }
        }
        if (flag.isEmpty() || flag.chars().anyMatch(c -> c <= ' ' || c > '~' || FORBIDDEN.indexOf(c) >= 0)) {
            throw new CommandSyntaxException("a flag is one of " + SYSTEM + " or a keyword made of atom characters");
        }
        return flag;
    }

    static NavigableSet<String> set(Collection<String> flags) {
        NavigableSet<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        flags.forEach(flag -> set.add(canonical(flag)));
        return set;
    }

    static String list(Collection<String> flags) {
        return "(" + String.join(" ", flags) + ")";
    }
}
