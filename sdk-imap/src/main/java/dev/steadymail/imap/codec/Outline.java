package dev.steadymail.imap.codec;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What can be said of a response that cannot be read without showing what is in it. */
final class Outline {
    private static final int LONGEST = 200;
    private static final Pattern KEYWORD = Pattern.compile("\\* (?:[0-9]{1,10} )?([A-Za-z]{2,20})(?![A-Za-z])");

    private static final Set<String> KNOWN = Set.of(
            "OK",
            "NO",
            "BAD",
            "BYE",
            "PREAUTH",
            "CAPABILITY",
            "ENABLED",
            "FLAGS",
            "SEARCH",
            "ESEARCH",
            "SORT",
            "THREAD",
            "VANISHED",
            "LIST",
            "LSUB",
            "XLIST",
            "STATUS",
            "NAMESPACE",
            "ID",
            "QUOTA",
            "QUOTAROOT",
            "EXISTS",
            "RECENT",
            "EXPUNGE",
            "FETCH");

    private Outline() {}

    static Response.Unreadable of(Frame frame, @Nullable MessageRef message, String reason) {
        String head = head(frame);
        Matcher keyword = KEYWORD.matcher(head);
        String name = known(keyword);
        return new Response.Unreadable(name, message, reason, redacted(head));
    }

    /** A word that no standard knows may be content. */
    private static String known(Matcher keyword) {
        String name = keyword.lookingAt() ? keyword.group(1).toUpperCase(Locale.ROOT) : "";
        return KNOWN.contains(name) ? name : "";
    }

    private static String head(Frame frame) {
        return new String(frame.octets, 0, Math.min(frame.length, LONGEST), StandardCharsets.ISO_8859_1);
    }

    /** Letters become a, digits 0, what is no ASCII a question mark: the keyword in front stays as it is. */
    private static String redacted(String head) {
        Matcher keyword = KEYWORD.matcher(head);
        int kept = known(keyword).isEmpty() ? 0 : keyword.end();
        StringBuilder outline = new StringBuilder(LONGEST);
        for (int i = 0; i < Math.min(head.length(), LONGEST); i++) {
            char c = head.charAt(i);
            outline.append(i < kept ? c : redacted(c));
        }
        return outline.toString();
    }

    private static char redacted(char c) {
        if (c >= '0' && c <= '9') {
            return '0';
        }
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
            return 'a';
        }
        return c >= ' ' && c < 0x7f ? c : '?';
    }
}
