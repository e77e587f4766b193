package dev.steadymail.server.mail;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Bounds how many do something that takes memory at the same time. Thread-safe. */
final class AtOnce {
    private final Semaphore places;
    private final Duration patience;

    /**
     * Makes a bound.
     *
     * @param patience how long one waits for its turn
     */
    AtOnce(int most, Duration patience) {
        this.places = new Semaphore(most, true);
        this.patience = patience;
    }

    /**
     * Does something when it is its turn.
     *
     * @throws MailException of kind QUEUE_FULL where the wait was too long, CANCELLED where it was interrupted
     */
    <T> T run(Supplier<T> action) {
        if (!entered()) {
            throw MailException.of(Kind.QUEUE_FULL, "too many emails are being opened at once; try again");
        }
        try {
            return action.get();
        } finally {
            places.release();
        }
    }

    private boolean entered() {
        try {
            return places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw MailException.of(Kind.CANCELLED, "interrupted while waiting to open an email", interrupted);
        }
    }
}
