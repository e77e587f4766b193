package dev.steadymail.smtp;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One reply of the server (RFC 5321 section 4.2). Immutable. What it says may hold addresses, so {@link #toString} shows the code only.
 *
 * @param code 200 to 599
 * @param lines the text of each line behind its code, at least one, with a character per octet
 */
record Reply(int code, List<String> lines) {
    static final int CLOSING = 421;
    private static final Pattern ENHANCED =
            Pattern.compile("([245])\\.([0-9]{1,3}\\.[0-9]{1,3})(?:[ \t].*)?", Pattern.DOTALL);

    Reply {
        lines = List.copyOf(lines);
    }

    boolean isPositive() {
        return code / 100 == 2;
    }

    boolean isIntermediate() {
        return code / 100 == 3;
    }

    boolean isTransient() {
        return code / 100 == 4;
    }

    boolean isPermanent() {
        return code / 100 == 5;
    }

    /** Returns whether the server ends the connection (RFC 5321 section 3.8). */
    boolean isClosing() {
        return code == CLOSING;
    }

    /** Returns subject and detail of the enhanced code (RFC 3463), {@code 7.8} for example; null where there is none of this class. */
    @Nullable
    String enhanced() {
        Matcher matcher = ENHANCED.matcher(lines.get(0));
        boolean same = matcher.matches() && matcher.group(1).charAt(0) - '0' == code / 100;
        return same ? matcher.group(2) : null;
    }

    /** Returns the code as a failure carries it: {@code 550 5.1.1}, or {@code 550}. */
    String providerCode() {
        String enhanced = enhanced();
        return enhanced == null ? Integer.toString(code) : code + " " + code / 100 + "." + enhanced;
    }

    /** Returns all of the text; never to be shown. */
    String text() {
        return String.join(" ", lines);
    }

    /** Returns all of the text in lower case, to look for words in. */
    String words() {
        return text().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "Reply[" + providerCode() + "]";
    }
}
