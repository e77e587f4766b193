package dev.steadymail.server.accounts;

import dev.steadymail.server.web.ApiException;
import org.springframework.http.HttpStatus;

/** A secret that cannot be used for the account it was given with. */
final class WrongLoginException extends ApiException {
    private static final long serialVersionUID = 1L;

    WrongLoginException(String message) {
        super(HttpStatus.UNPROCESSABLE_CONTENT, "The secret cannot be used", message);
    }
}
