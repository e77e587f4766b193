package dev.steadymail.server.idempotency;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An answer as it is kept. Immutable as long as nobody writes into the body. */
final class KeptAnswer {
    private final int status;
    private final Map<String, String> headers;
    private final byte @Nullable [] body;

    /**
     * Makes an answer.
     *
     * @param body null where it was too long to keep
     */
    KeptAnswer(int status, Map<String, String> headers, byte @Nullable [] body) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body;
    }

    int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }

    byte @Nullable [] body() {
        return body;
    }
}
