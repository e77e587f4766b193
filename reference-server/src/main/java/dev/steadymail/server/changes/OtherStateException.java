package dev.steadymail.server.changes;

import dev.steadymail.server.web.ApiException;
import org.springframework.http.HttpStatus;

/** The email is not in the state that the client said in If-Match; nothing was changed. */
final class OtherStateException extends ApiException {
    private static final long serialVersionUID = 1L;

    OtherStateException() {
        super(
                HttpStatus.PRECONDITION_FAILED,
                "Changed meanwhile",
                "the email is no longer in the state that If-Match names; read it again and decide anew");
    }
}
