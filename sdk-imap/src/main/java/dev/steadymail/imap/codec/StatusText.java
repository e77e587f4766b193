package dev.steadymail.imap.codec;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a server says with OK, NO, BAD, BYE or PREAUTH (RFC 3501 section 7.1). Its text may quote what the client sent, so it stays out
 * of {@code toString}.
 *
 * @param code the response code's name in upper case, {@code UIDVALIDITY} for example, or null where there is none
 * @param arguments what follows the name within the brackets; empty where nothing does
 * @param text the part for people
 */
public record StatusText(@Nullable String code, String arguments, String text) {
    private static final Pattern CODE = Pattern.compile("[A-Z0-9-]{1,32}");

    static StatusText parse(String said) {
        int close = said.startsWith("[") ? endOfCode(said) : -1;
        if (close < 0) {
            return new StatusText(null, "", said);
        }
        String inside = said.substring(1, close).strip();
        int space = inside.indexOf(' ');
        String name = space < 0 ? inside : inside.substring(0, space);
        return new StatusText(
                name.toUpperCase(Locale.ROOT),
                space < 0 ? "" : inside.substring(space + 1).strip(),
                said.substring(close + 1).strip());
    }

    /** A bracket within quotes, as in a list of flags or a referral, ends nothing. */
    private static int endOfCode(String said) {
        boolean quoted = false;
        for (int i = 1; i < said.length(); i++) {
            char c = said.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ']' && !quoted) {
                return i;
            }
        }
        return said.indexOf(']');
    }

    @Override
    public String toString() {
        return "StatusText[" + (code != null && CODE.matcher(code).matches() ? code : "") + "]";
    }
}
