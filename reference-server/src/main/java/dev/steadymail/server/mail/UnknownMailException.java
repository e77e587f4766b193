package dev.steadymail.server.mail;

import dev.steadymail.server.web.ApiException;
import org.springframework.http.HttpStatus;

/** There is no such email or mailbox here, or no more. */
public final class UnknownMailException extends ApiException {
    private static final long serialVersionUID = 1L;

    /** @param what for example {@code email} */
    public UnknownMailException(String what) {
        super(
                HttpStatus.NOT_FOUND,
                "Not found",
                "there is no such " + what + "; it may have been removed since it was listed");
    }
}
