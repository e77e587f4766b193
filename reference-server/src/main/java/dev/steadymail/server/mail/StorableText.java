package dev.steadymail.server.mail;

import org.jspecify.annotations.Nullable;

/**
 * Text that PostgreSQL can store. It takes no NUL and no half of a surrogate pair, and hostile mail has both: in what people read
 * they become U+FFFD, in ids they are escaped, so that the id comes back as it was.
 */
public final class StorableText {
    private static final char ESCAPE = '\\';
    private static final char REPLACEMENT = '\uFFFD';
    private static final char ELLIPSIS = '\u2026';
    private static final int MOST_SHOWN = 1_000;
    private static final int ESCAPED_LENGTH = 5;

    private StorableText() {}

    /** Returns text for people to read, with U+FFFD where something cannot be stored, and cut after 1,000 characters. */
    public static @Nullable String shown(@Nullable String text) {
        return text == null ? null : shown(text, MOST_SHOWN);
    }

    /** Returns text for people to read, at most that many characters; where it was longer it ends in an ellipsis. */
    static String shown(String text, int most) {
        return clean(text.length() <= most ? text : text.substring(0, most - 1) + ELLIPSIS);
    }

    static String clean(String text) {
        if (isStorable(text, false)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            clean.append(isStorable(text, i) ? text.charAt(i) : REPLACEMENT);
        }
        return clean.toString();
    }

    /** Returns an id in a form that can be stored, the same for every id without odd characters. */
    public static String escaped(String id) {
        if (isStorable(id, true)) {
            return id;
        }
        StringBuilder escaped = new StringBuilder(id.length() + ESCAPED_LENGTH);
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (c == ESCAPE || !isStorable(id, i)) {
                escaped.append(ESCAPE).append(String.format("%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }

    /** Returns the id that {@link #escaped} was given. */
    public static String unescaped(String stored) {
        if (stored.indexOf(ESCAPE) < 0) {
            return stored;
        }
        StringBuilder id = new StringBuilder(stored.length());
        for (int i = 0; i < stored.length(); i++) {
            char c = stored.charAt(i);
            if (c == ESCAPE) {
                id.append((char) Integer.parseInt(stored.substring(i + 1, i + ESCAPED_LENGTH), 16));
                i += ESCAPED_LENGTH - 1;
            } else {
                id.append(c);
            }
        }
        return id.toString();
    }

    /** Returns an id that {@link #escaped} was given for people to read, with U+FFFD where JSON could not carry it. */
    static String readable(String stored) {
        return clean(unescaped(stored));
    }

    private static boolean isStorable(String text, boolean asId) {
        for (int i = 0; i < text.length(); i++) {
            if (!isStorable(text, i) || (asId && text.charAt(i) == ESCAPE)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isStorable(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
        }
        return c != 0;
    }
}
