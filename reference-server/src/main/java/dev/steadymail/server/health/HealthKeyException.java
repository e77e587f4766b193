package dev.steadymail.server.health;

import dev.steadymail.server.web.ApiException;
import org.springframework.http.HttpStatus;

/** The key that opens the details is missing or wrong; the answer does not tell which, nor whether there is one. */
final class HealthKeyException extends ApiException {
    private static final long serialVersionUID = 1L;

    HealthKeyException() {
        super(
                HttpStatus.UNAUTHORIZED,
                "A key is needed",
                "send the header " + HealthKeys.HEADER
                        + " with the server's HEALTH_API_KEY; /health is open, without details");
    }
}
