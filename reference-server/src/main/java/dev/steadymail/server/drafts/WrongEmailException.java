package dev.steadymail.server.drafts;

import dev.steadymail.server.web.ApiException;
import org.springframework.http.HttpStatus;

/** An email that cannot be written as it was asked for. */
public final class WrongEmailException extends ApiException {
    private static final long serialVersionUID = 1L;

    /** Takes what is wrong and what helps, without content of the email. */
    public WrongEmailException(String message) {
        super(HttpStatus.UNPROCESSABLE_CONTENT, "The email is wrong", message);
    }
}
