package dev.steadymail.server.templates;

import dev.steadymail.server.web.ApiException;
import org.springframework.http.HttpStatus;

/** There is no such template or signature, or no more. */
final class UnknownTextException extends ApiException {
    private static final long serialVersionUID = 1L;

    UnknownTextException(String what) {
        super(
                HttpStatus.NOT_FOUND,
                "Not found",
                "there is no such " + what + "; GET /api/v1/" + what + "s lists those there are");
    }
}
