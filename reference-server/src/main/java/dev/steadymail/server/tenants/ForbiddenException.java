package dev.steadymail.server.tenants;

import dev.steadymail.server.web.ApiException;
import org.springframework.http.HttpStatus;

/** The caller is known, and may not do this. */
public final class ForbiddenException extends ApiException {
    private static final long serialVersionUID = 1L;

    public ForbiddenException(String message) {
        super(HttpStatus.FORBIDDEN, "Not allowed", message);
    }
}
