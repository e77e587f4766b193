package dev.steadymail.server.drafts;

import dev.steadymail.server.web.ApiException;
import org.springframework.http.HttpStatus;

/** There is no such draft, or no more. */
public final class UnknownDraftException extends ApiException {
    private static final long serialVersionUID = 1L;

    UnknownDraftException() {
        super(
                HttpStatus.NOT_FOUND,
                "Not found",
                "there is no such draft, or it was sent or removed; GET /api/v1/accounts/{id}/drafts lists those there are");
    }
}
