package dev.steadymail.cache;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.Call;
import java.util.concurrent.TimeUnit;

/**
 * Waits for another process that reads the same, no longer than it may claim to, and no longer than half of the call's time, so that enough is left to
 * read it after all. Used by one thread.
 */
final class Waiting {
    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(10);

    private final CacheTime time;
    private final Call call;
    private final long end;

    Waiting(CacheTime time, Call call) {
        this.time = time;
        this.call = call;
        long half = call.deadline().remaining().toNanos() / 2;
        this.end = time.nanos() + Math.min(SharedAccount.CLAIM.toNanos(), half);
    }

    /** Returns whether it is worth waiting still; else one reads the same. */
    boolean goesOn() {
        return time.nanos() - end < 0;
    }

    /** Waits a little. */
    void rest() {
        long left = call.deadline().remaining().toNanos();
        if (left <= 0) {
            throw MailException.of(
                    Kind.DEADLINE,
                    "another process's reading of the same took longer than this call may; allow more time");
        }
        try {
            time.pause(Math.min(BETWEEN_LOOKS, left));
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw MailException.of(Kind.CANCELLED, "the calling thread was interrupted", interrupt);
        }
    }
}
