package dev.steadymail.server.changes;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Lets changes of one email be made one after another on this server, so that each is judged by what the one before left. Thread-safe.
 * Two servers on one database do not wait for each other; there the provider decides.
 */
final class EmailTurns {
    private static final int STRIPES = 256;

    private final ReentrantLock[] locks =
            Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(ReentrantLock[]::new);
    private final Duration patience;

    EmailTurns(Duration patience) {
        this.patience = patience;
    }

    /**
     * Does something when it is the email's turn.
     *
     * @throws MailException of kind CONCURRENCY where the wait was too long, CANCELLED where it was interrupted; nothing was done then
     */
    <T> T run(UUID email, Supplier<T> action) {
        ReentrantLock lock = locks[Math.floorMod(email.hashCode(), STRIPES)];
        if (!entered(lock)) {
            throw MailException.builder(Kind.CONCURRENCY, "the email is being changed by others; try again")
                    .mayHaveTakenEffect(false)
                    .build();
        }
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    private boolean entered(ReentrantLock lock) {
        try {
            return lock.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw MailException.of(Kind.CANCELLED, "interrupted while waiting for an email's turn", interrupted);
        }
    }
}
