package dev.steadymail.server.outbox;

import dev.steadymail.server.web.ApiException;
import org.springframework.http.HttpStatus;

/** There is no such entry, or no more. */
final class UnknownEntryException extends ApiException {
    private static final long serialVersionUID = 1L;

    UnknownEntryException() {
        super(
                HttpStatus.NOT_FOUND,
                "Not found",
                "the outbox of this account has no such key; entries are kept for 30 days after they were settled");
    }
}
