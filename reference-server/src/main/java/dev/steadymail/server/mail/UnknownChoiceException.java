package dev.steadymail.server.mail;

import dev.steadymail.server.web.ApiException;
import org.springframework.http.HttpStatus;

/** A parameter has a value that this server does not have. */
final class UnknownChoiceException extends ApiException {
    private static final long serialVersionUID = 1L;

    UnknownChoiceException(String message) {
        super(HttpStatus.BAD_REQUEST, "The parameter is wrong", message);
    }
}
