package dev.steadymail.server.changes;

import dev.steadymail.server.web.ApiException;
import org.springframework.http.HttpStatus;

/** The email is not where it was when it was synced last: another program has moved or removed it. */
final class MovedAwayException extends ApiException {
    private static final long serialVersionUID = 1L;

    MovedAwayException() {
        super(
                HttpStatus.CONFLICT,
                "Moved or removed meanwhile",
                "another program has moved or removed the email; it is looked for now, read it again in a few seconds");
    }
}
