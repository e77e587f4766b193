package dev.steadymail.server.drafts;

import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What texts of an email may hold. The writer of messages lets nothing through either (it makes spaces of controls and encodes the rest);
 * here the caller is told, since nobody means a line end in a subject.
 */
public final class FieldCheck {
    private static final int LONGEST_LINE = 2_000;
    private static final int LONGEST_TEXT = 10 << 20;
    private static final int DELETE = 0x7f;
    private static final int LAST_CONTROL = 0x9f;
    private static final int LINE_SEPARATOR = 0x2028;
    private static final int PARAGRAPH_SEPARATOR = 0x2029;

    private FieldCheck() {}

    /**
     * Returns a text of one line.
     *
     * @throws WrongEmailException where it has a control, a line end of any kind, half a surrogate pair, or more than 2,000 characters
     */
    public static String line(String field, @Nullable String text) {
        return checked(field, text, LONGEST_LINE, FieldCheck::isControl, "line ends and other controls");
    }

    /**
     * Returns a text of any lines.
     *
     * @throws WrongEmailException where it has NUL, half a surrogate pair, or more than 10,485,760 characters
     */
    public static String text(String field, @Nullable String text) {
        return checked(field, text, LONGEST_TEXT, c -> c == 0, "NUL");
    }

    private static String checked(
            String field, @Nullable String text, int longest, IntPredicate refused, String named) {
        String given = text == null ? "" : text;
        if (given.length() > longest) {
            throw new WrongEmailException(
                    field + " must have at most " + longest + " characters, had " + given.length());
        }
        if (given.codePoints().anyMatch(refused.or(FieldCheck::isHalf))) {
            throw new WrongEmailException(field + " must be text without " + named + " and half characters");
        }
        return given;
    }

    private static boolean isControl(int c) {
        return c < ' ' || (c >= DELETE && c <= LAST_CONTROL) || c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR;
    }

    private static boolean isHalf(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }
}
