package dev.steadymail.cache;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.Call;
import java.util.concurrent.TimeUnit;

/** Waits for another process that reads the same, no longer than it may claim to, and than the call may take. Used by one thread. */
final class Waiting {
    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Call call;
    private final long end = System.nanoTime() + SharedAccount.CLAIM.toNanos();

    Waiting(Call call) {
        this.call = call;
    }

    /** Returns whether it is worth waiting still; else one reads the same. */
    boolean goesOn() {
        return System.nanoTime() - end < 0;
    }

    /** Waits a little. */
    void rest() {
        long left = call.deadline().remaining().toNanos();
        if (left <= 0) {
            throw MailException.of(
                    Kind.DEADLINE, "another process's reading of the same took longer than this call may; allow more time");
        }
        try {
            TimeUnit.NANOSECONDS.sleep(Math.min(BETWEEN_LOOKS, left));
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw MailException.of(Kind.CANCELLED, "the calling thread was interrupted", interrupt);
        }
    }
}
