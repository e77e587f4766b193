package dev.steadymail.server.idempotency;

import dev.steadymail.server.web.ApiException;
import org.springframework.http.HttpStatus;

/** A key that cannot be used, or not for this request, or not now; nothing was done. */
final class IdempotencyKeyException extends ApiException {
    private static final long serialVersionUID = 1L;

    private IdempotencyKeyException(HttpStatus status, String title, String message) {
        super(status, title, message);
    }

    static IdempotencyKeyException wrong(int mostCharacters) {
        return new IdempotencyKeyException(
                HttpStatus.BAD_REQUEST,
                "The idempotency key is wrong",
                "Idempotency-Key must have 1 to " + mostCharacters
                        + " printable ASCII characters, a random UUID for example");
    }

    static IdempotencyKeyException ofAnotherRequest() {
        return new IdempotencyKeyException(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "The idempotency key is taken",
                "this Idempotency-Key was used for another request in the last 24 hours; use a new key for each request");
    }

    static IdempotencyKeyException running() {
        return new IdempotencyKeyException(
                HttpStatus.CONFLICT,
                "The request is being answered",
                "a request with this Idempotency-Key is being answered; repeat it in a few seconds to get its answer");
    }

    static IdempotencyKeyException unknownOutcome() {
        return new IdempotencyKeyException(
                HttpStatus.CONFLICT,
                "The outcome is unknown",
                "outcome unknown: the server ended while it did this, and doing it again could do it twice; look whether it"
                        + " was done, and use a new key where it was not");
    }

    static IdempotencyKeyException notKept() {
        return new IdempotencyKeyException(
                HttpStatus.CONFLICT,
                "The answer was not kept",
                "the request was done, and its answer was too long to be kept; read what it was about instead");
    }
}
