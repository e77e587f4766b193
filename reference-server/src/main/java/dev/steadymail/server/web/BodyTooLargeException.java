package dev.steadymail.server.web;

import org.springframework.http.HttpStatus;

/** The body of a request is longer than its route takes. */
final class BodyTooLargeException extends ApiException {
    private static final long serialVersionUID = 1L;

    BodyTooLargeException(long mostBytes) {
        super(
                HttpStatus.CONTENT_TOO_LARGE,
                "The body is too large",
                "a body must have at most " + mostBytes + " bytes");
    }
}
