package dev.steadymail.server.discovery;

import dev.steadymail.server.web.ApiException;
import org.springframework.http.HttpStatus;

/** A text is no email address. */
final class WrongAddressException extends ApiException {
    private static final long serialVersionUID = 1L;

    WrongAddressException() {
        super(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "The address is wrong",
                "email must be an address such as ada@example.com and nothing more");
    }
}
