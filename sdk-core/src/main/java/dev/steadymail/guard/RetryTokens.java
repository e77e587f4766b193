package dev.steadymail.guard;

/**
 * How many retries an account may still make: a retry costs tokens, a success brings some back, so that retries stop when most
 * requests fail and first attempts always go out. Guarded by its owner's lock.
 */
final class RetryTokens {
    static final int MOST = 500;
    private static final int RETRY = 5;

    private int tokens = MOST;

    int left() {
        return tokens;
    }

    boolean takeRetry() {
        if (tokens < RETRY) {
            return false;
        }
        tokens -= RETRY;
        return true;
    }

    /** A retry that succeeds brings back what it cost, a first attempt one token. */
    void success(boolean retried) {
        tokens = Math.min(MOST, tokens + (retried ? RETRY : 1));
    }
}
