package dev.steadymail.imap;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The status, code and text of a status response (RFC 3501 section 7.1, RFC 5530).
 *
 * @param status {@code OK}, {@code NO}, {@code BAD} or {@code BYE}
 * @param code the word of the response code in upper case, or null where there is none
 * @param arguments what follows the word within the brackets, possibly empty
 * @param text what follows the code
 */
record ResponseCode(String status, @Nullable String code, String arguments, String text) {
    /** Parses {@code tag-or-star SP status SP [code] text}. */
    static ResponseCode parse(String line) {
        String[] words = line.split(" +", 3);
        String status = words.length > 1 ? words[1].toUpperCase(Locale.ROOT) : "";
        String rest = words.length > 2 ? words[2] : "";
        int end = rest.startsWith("[") ? rest.indexOf(']') : -1;
        if (end < 0) {
            return new ResponseCode(status, null, "", rest);
        }
        String[] code = rest.substring(1, end).strip().split(" +", 2);
        return new ResponseCode(
                status,
                code[0].toUpperCase(Locale.ROOT),
                code.length > 1 ? code[1] : "",
                rest.substring(end + 1).strip());
    }

    boolean isOk() {
        return status.equals("OK");
    }

    boolean isNo() {
        return status.equals("NO");
    }

    boolean has(String wanted) {
        return wanted.equals(code);
    }
}
