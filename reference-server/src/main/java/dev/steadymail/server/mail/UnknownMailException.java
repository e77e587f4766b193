package dev.steadymail.server.mail;

import dev.steadymail.server.web.ApiException;
import org.springframework.http.HttpStatus;

/** There is no such email or mailbox here, or no more. */
final class UnknownMailException extends ApiException {
    private static final long serialVersionUID = 1L;

    UnknownMailException(String what) {
        super(
                HttpStatus.NOT_FOUND,
                "Not found",
                "there is no such " + what + "; it may have been removed since it was listed");
    }
}
