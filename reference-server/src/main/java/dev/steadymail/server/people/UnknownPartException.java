package dev.steadymail.server.people;

import dev.steadymail.server.web.ApiException;
import org.springframework.http.HttpStatus;

/** There is no such member, session or token here, or no more. */
final class UnknownPartException extends ApiException {
    private static final long serialVersionUID = 1L;

    UnknownPartException(String what) {
        super(
                HttpStatus.NOT_FOUND,
                "Not found",
                "there is no such " + what + "; it may have been removed since it was listed");
    }
}
