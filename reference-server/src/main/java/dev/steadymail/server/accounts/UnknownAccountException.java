package dev.steadymail.server.accounts;

import dev.steadymail.server.web.ApiException;
import org.springframework.http.HttpStatus;

/** There is no such account, or no more. */
public final class UnknownAccountException extends ApiException {
    private static final long serialVersionUID = 1L;

    public UnknownAccountException() {
        super(
                HttpStatus.NOT_FOUND,
                "Not found",
                "there is no such account; GET /api/v1/accounts lists those there are");
    }
}
