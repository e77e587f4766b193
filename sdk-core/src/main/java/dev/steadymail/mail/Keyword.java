package dev.steadymail.mail;

import java.util.Locale;

/**
 * A mark on an email such as {@code $seen} (RFC 8621 section 4.1.1): lower case, compared by value.
 *
 * @param value 1 to 255 characters without white space, control characters or any of <code>( ) { ] % * " \</code>; upper case
 *     is folded
 */
public record Keyword(String value) implements Comparable<Keyword> {
    public static final Keyword SEEN = new Keyword("$seen");
    public static final Keyword FLAGGED = new Keyword("$flagged");
    public static final Keyword ANSWERED = new Keyword("$answered");
    public static final Keyword DRAFT = new Keyword("$draft");
    public static final Keyword FORWARDED = new Keyword("$forwarded");
    /** IMAP's {@code \Deleted}: marked for removal, still there. */
    public static final Keyword DELETED = new Keyword("$deleted");

    private static final int MAX_LENGTH = 255;
    private static final String FORBIDDEN = "(){]%*\"\\";

    public Keyword {
        value = value.toLowerCase(Locale.ROOT);
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a keyword must have 1 to " + MAX_LENGTH + " characters, had " + value.length());
        }
        if (!value.chars().allMatch(Keyword::isAllowed)) {
            throw new IllegalArgumentException("a keyword must not hold white space, controls or any of " + FORBIDDEN);
        }
    }

    private static boolean isAllowed(int c) {
        return c > ' ' && c != 0x7f && FORBIDDEN.indexOf(c) < 0;
    }

    @Override
    public int compareTo(Keyword other) {
        return value.compareTo(other.value);
    }
}
