package dev.steadymail.server.people;

import dev.steadymail.server.web.ApiException;
import org.springframework.http.HttpStatus;

/** A request that says something that cannot be. */
final class InvalidRequestException extends ApiException {
    private static final long serialVersionUID = 1L;

    InvalidRequestException(String message) {
        super(HttpStatus.UNPROCESSABLE_CONTENT, "The request is wrong", message);
    }
}
