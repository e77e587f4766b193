package dev.steadymail.server.drafts;

import dev.steadymail.server.web.ApiException;
import org.springframework.http.HttpStatus;

/** A draft was not saved, since it is another one than its editor saw. */
final class DraftChangedException extends ApiException {
    private static final long serialVersionUID = 1L;

    private DraftChangedException(HttpStatus status, String title, String message) {
        super(status, title, message);
    }

    static DraftChangedException meanwhile() {
        return new DraftChangedException(
                HttpStatus.PRECONDITION_FAILED,
                "The draft was changed",
                "somebody saved the draft since you read it; read it again, and save yours over it or as another draft");
    }

    static DraftChangedException unseen() {
        return new DraftChangedException(
                HttpStatus.PRECONDITION_REQUIRED,
                "The draft's ETag is needed",
                "send the header If-Match with the ETag that the draft had when you read or saved it");
    }
}
