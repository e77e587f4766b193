package dev.steadymail.server.outbox;

import dev.steadymail.server.web.ApiException;
import java.time.Duration;
import org.springframework.http.HttpStatus;

/** The organisation has sent as much as it may for now. */
final class TooManySendsException extends ApiException {
    private static final long serialVersionUID = 1L;

    static final String TITLE = "Too much was sent";

    private final transient Duration wait;

    TooManySendsException(int mostPerHour, Duration wait) {
        super(
                HttpStatus.TOO_MANY_REQUESTS,
                TITLE,
                "the organisation may send " + mostPerHour
                        + " emails an hour and has done so; send again after the time in Retry-After");
        this.wait = wait;
    }

    /** Returns how long it is until another one may be sent, at least a second. */
    long seconds() {
        return Math.max(1, wait.toSeconds() + 1);
    }
}
