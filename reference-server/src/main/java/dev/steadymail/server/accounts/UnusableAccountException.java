package dev.steadymail.server.accounts;

import dev.steadymail.server.web.ApiException;
import org.springframework.http.HttpStatus;

/** An account that cannot be connected like that. */
final class UnusableAccountException extends ApiException {
    private static final long serialVersionUID = 1L;

    UnusableAccountException(String message) {
        super(HttpStatus.UNPROCESSABLE_CONTENT, "The account cannot be connected", message);
    }
}
