package dev.steadymail.server.accounts;

import dev.steadymail.server.web.ApiException;
import org.springframework.http.HttpStatus;

/** An account leads to a host that this server may not connect to, or to none. The message does not tell which of the two. */
public final class ForbiddenHostException extends ApiException {
    private static final long serialVersionUID = 1L;

    ForbiddenHostException() {
        super(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "The host is not allowed",
                "a host of this account does not exist or is not in a network that this server may connect to; the operator"
                        + " can allow it with " + NetworkPolicy.SETTING);
    }
}
