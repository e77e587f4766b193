package dev.steadymail.server.changes;

import dev.steadymail.server.web.ApiException;
import org.springframework.http.HttpStatus;

/** A change that contradicts itself, or that cannot be made to this email or mailbox; nothing was changed. */
final class WrongChangeException extends ApiException {
    private static final long serialVersionUID = 1L;

    WrongChangeException(String message) {
        super(HttpStatus.UNPROCESSABLE_CONTENT, "The change cannot be made", message);
    }
}
