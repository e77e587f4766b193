package dev.steadymail.server.accounts;

import dev.steadymail.server.web.ApiException;
import org.springframework.http.HttpStatus;

/** The text given as {@code after} is not a cursor of this server. */
final class WrongAccountCursorException extends ApiException {
    private static final long serialVersionUID = 1L;

    WrongAccountCursorException() {
        super(
                HttpStatus.BAD_REQUEST,
                "The cursor is wrong",
                "after must be the value of next in the page before, unchanged; leave it out for the first page");
    }
}
