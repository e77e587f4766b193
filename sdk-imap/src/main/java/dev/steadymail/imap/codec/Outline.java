package dev.steadymail.imap.codec;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What can be said of a response that cannot be read, or not yet, without showing what is in it. */
final class Outline {
    private static final int LONGEST = 200;
    private static final int LONGEST_HEAD = 8_192;
    private static final Pattern KEYWORD = Pattern.compile("\\* (?:[0-9]{1,10} )?([A-Za-z]{2,20})(?![A-Za-z])");
    private static final Pattern FETCH = Pattern.compile("\\* ([0-9]{1,10}) FETCH ", Pattern.CASE_INSENSITIVE);
    /** Behind a parenthesis or a space: in a quoted string it could be anybody's text, so the first one counts that is outside. */
    private static final Pattern UID = Pattern.compile("[( ]UID ([0-9]{1,10})[ )\r]", Pattern.CASE_INSENSITIVE);

    private Outline() {}

    static Response.Unreadable of(Frame frame, String reason) {
        String head = head(frame);
        Matcher keyword = KEYWORD.matcher(head);
        String name = keyword.lookingAt() ? keyword.group(1).toUpperCase(Locale.ROOT) : "";
        return new Response.Unreadable(name, message(frame), reason, redacted(head));
    }

    /** Returns the message that a FETCH response is about, or null where it is none. */
    static @Nullable MessageRef message(Frame frame) {
        String head = head(frame);
        Matcher fetch = FETCH.matcher(head);
        if (!fetch.lookingAt()) {
            return null;
        }
        return new MessageRef(Long.parseLong(fetch.group(1)), uid(head, fetch.end()));
    }

    private static long uid(String head, int from) {
        Matcher uid = UID.matcher(head);
        for (int at = Math.max(0, from - 1); uid.find(at); at = uid.end() - 1) {
            if (!isQuoted(head, from, uid.start())) {
                return Long.parseLong(uid.group(1));
            }
        }
        return 0;
    }

    private static boolean isQuoted(String head, int from, int at) {
        boolean quoted = false;
        for (int i = from; i < at; i++) {
            char c = head.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            }
        }
        return quoted;
    }

    private static String head(Frame frame) {
        return new String(frame.octets, 0, Math.min(frame.length, LONGEST_HEAD), StandardCharsets.ISO_8859_1);
    }

    /** Letters become a, digits 0, what is no ASCII a question mark: the keyword in front stays as it is. */
    private static String redacted(String head) {
        Matcher keyword = KEYWORD.matcher(head);
        int kept = keyword.lookingAt() ? keyword.end() : 0;
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
