package dev.steadymail.imap.decode;

import dev.steadymail.mail.Keyword;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Translates between IMAP's flags and keywords (RFC 8621 section 4.1.1): {@code \Recent} is never shown. Thread-safe. */
public final class KeywordNames {
    private static final Map<Keyword, String> SYSTEM = Map.of(
            Keyword.SEEN, "\\Seen",
            Keyword.FLAGGED, "\\Flagged",
            Keyword.ANSWERED, "\\Answered",
            Keyword.DRAFT, "\\Draft",
            Keyword.DELETED, "\\Deleted");

    /** By flag, as most servers spell it: those that nearly every message has one of. */
    private static final Map<String, Keyword> KNOWN = known();

    private KeywordNames() {}

    /**
     * Returns the keywords that stand for flags. Servers keep flags that are no valid keyword, unknown system flags among them; those
     * cannot be shown and are left out.
     */
    public static Set<Keyword> keywords(List<String> flags) {
        if (flags.isEmpty()) {
            return Set.of();
        }
        if (flags.size() == 1) {
            Keyword only = keyword(flags.get(0));
            return only == null ? Set.of() : Set.of(only);
        }
        Set<Keyword> keywords = new HashSet<>();
        for (String flag : flags) {
            Keyword keyword = keyword(flag);
            if (keyword != null) {
                keywords.add(keyword);
            }
        }
        return Set.copyOf(keywords);
    }

    /** Returns the flag that stands for a keyword. */
    public static String flag(Keyword keyword) {
        return SYSTEM.getOrDefault(keyword, keyword.value());
    }

    private static @Nullable Keyword keyword(String flag) {
        Keyword known = KNOWN.get(flag);
        if (known != null) {
            return known;
        }
        if (flag.startsWith("\\")) {
            return KNOWN.get(flag.toLowerCase(Locale.ROOT));
        }
        try {
            return new Keyword(flag);
        } catch (IllegalArgumentException invalid) {
            return null;
        }
    }

    private static Map<String, Keyword> known() {
        Map<String, Keyword> known = new HashMap<>();
        SYSTEM.forEach((keyword, flag) -> {
            known.put(flag, keyword);
            known.put(flag.toLowerCase(Locale.ROOT), keyword);
        });
        for (String flag : List.of("$Forwarded", "$MDNSent", "NonJunk", "$NotJunk", "NotJunk", "Junk", "$Junk")) {
            known.put(flag, new Keyword(flag));
        }
        return Map.copyOf(known);
    }
}
