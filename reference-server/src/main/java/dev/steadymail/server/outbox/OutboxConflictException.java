package dev.steadymail.server.outbox;

import dev.steadymail.server.web.ApiException;
import org.springframework.http.HttpStatus;

/** What was asked does not fit what an entry is. */
final class OutboxConflictException extends ApiException {
    private static final long serialVersionUID = 1L;

    OutboxConflictException(String message) {
        super(HttpStatus.CONFLICT, "The email is not in the state for that", message);
    }
}
