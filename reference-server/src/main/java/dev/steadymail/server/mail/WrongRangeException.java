package dev.steadymail.server.mail;

import dev.steadymail.server.web.ApiException;
import org.springframework.http.HttpStatus;

/** Nothing of the range that was asked for is there. */
final class WrongRangeException extends ApiException {
    private static final long serialVersionUID = 1L;

    WrongRangeException() {
        super(
                HttpStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
                "The range is wrong",
                "the range begins behind the end; the header Content-Range says how many octets there are");
    }
}
