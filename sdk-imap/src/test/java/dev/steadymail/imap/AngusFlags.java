package dev.steadymail.imap;

import dev.steadymail.mail.Keyword;
import jakarta.mail.Flags.Flag;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Translates between IMAP's flags and keywords (RFC 8621 section 4.1.1): {@code \Recent} is never shown. */
final class AngusFlags {
    private static final Map<Keyword, String> SYSTEM = Map.of(
            Keyword.SEEN, "\\Seen",
            Keyword.FLAGGED, "\\Flagged",
            Keyword.ANSWERED, "\\Answered",
            Keyword.DRAFT, "\\Draft",
            Keyword.DELETED, "\\Deleted");

    private AngusFlags() {}

    static Set<Keyword> keywords(jakarta.mail.Flags flags) {
        Set<Keyword> keywords = new HashSet<>();
        for (Flag flag : flags.getSystemFlags()) {
            add(keywords, flag);
        }
        for (String flag : flags.getUserFlags()) {
            add(keywords, flag);
        }
        return keywords;
    }

    /** Returns the flag that stands for a keyword. */
    static String flag(Keyword keyword) {
        return SYSTEM.getOrDefault(keyword, keyword.value());
    }

    private static void add(Set<Keyword> keywords, Flag flag) {
        if (flag.equals(Flag.SEEN)) {
            keywords.add(Keyword.SEEN);
        } else if (flag.equals(Flag.FLAGGED)) {
            keywords.add(Keyword.FLAGGED);
        } else if (flag.equals(Flag.ANSWERED)) {
            keywords.add(Keyword.ANSWERED);
        } else if (flag.equals(Flag.DRAFT)) {
            keywords.add(Keyword.DRAFT);
        } else if (flag.equals(Flag.DELETED)) {
            keywords.add(Keyword.DELETED);
        }
    }

    /** Servers keep flags that are no valid keyword, unknown system flags among them; those cannot be shown. */
    private static void add(Set<Keyword> keywords, String flag) {
        try {
            keywords.add(new Keyword(flag));
        } catch (IllegalArgumentException invalid) {
            // Left out, see above.
        }
    }
}
