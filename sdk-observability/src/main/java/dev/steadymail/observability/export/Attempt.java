package dev.steadymail.observability.export;

import org.jspecify.annotations.Nullable;

/** How far one HTTP request got. Thread-safe. */
final class Attempt {
    /** No status came. */
    static final int NONE = 0;

    private volatile boolean begun;
    private volatile int status;
    private volatile @Nullable String retryAfter;

    /** There is a connection, and the request goes into it. */
    void begin() {
        begun = true;
    }

    void answered(int status, @Nullable String retryAfter) {
        this.retryAfter = retryAfter;
        this.status = status;
    }

    boolean hasBegun() {
        return begun;
    }

    int status() {
        return status;
    }

    @Nullable
    String retryAfter() {
        return retryAfter;
    }
}
