package dev.steadymail.imap;

import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.codec.StatusText;
import org.jspecify.annotations.Nullable;

/**
 * The status, code and text of a status response (RFC 3501 section 7.1, RFC 5530).
 *
 * @param status how it went
 * @param code the word of the response code in upper case, or null where there is none
 * @param arguments what follows the word within the brackets, possibly empty
 * @param text what follows the code
 */
record ResponseCode(Response.Status status, @Nullable String code, String arguments, String text) {
    static ResponseCode of(Response.Status status, StatusText said) {
        return new ResponseCode(status, said.code(), said.arguments(), said.text());
    }

    static ResponseCode of(Response.Completed answer) {
        return of(answer.status(), answer.said());
    }

    StatusText said() {
        return new StatusText(code, arguments, text);
    }

    boolean isOk() {
        return status == Response.Status.OK;
    }

    boolean isNo() {
        return status == Response.Status.NO;
    }

    boolean isBad() {
        return status == Response.Status.BAD;
    }

    boolean has(String wanted) {
        return wanted.equals(code);
    }
}
