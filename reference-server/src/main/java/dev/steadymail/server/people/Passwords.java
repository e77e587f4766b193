package dev.steadymail.server.people;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Passwords as Argon2id (RFC 9106) with 19 MiB, two passes and one lane. Each takes tens of milliseconds and its memory, so only two are worked
 * out at a time, and a check takes as long where there is no such person. Thread-safe.
 */
@Component
final class Passwords {
    static final int SHORTEST = 10;
    static final int LONGEST = 256;

    private static final int AT_ONCE = 2;
    private static final long PATIENCE_SECONDS = 5;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final int MEMORY_KIB = 19 << 10;
    private static final int PASSES = 2;

    private final Argon2PasswordEncoder argon2 =
            new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, MEMORY_KIB, PASSES);
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final String nobodys = argon2.encode("the password of nobody");

    /** Returns what to store of a password. */
    String hash(String password) {
        return inTurn(() -> argon2.encode(password));
    }

    /**
     * Returns whether the password is the one that was stored.
     *
     * @param stored null where there is no such person or no password, for which the answer is no
     */
    boolean matches(String password, @Nullable String stored) {
        boolean same = inTurn(() -> argon2.matches(password, stored == null ? nobodys : stored));
        return same && stored != null;
    }

    /** Throws where a new password is too short, too long or the person's own address. */
    static void requireGood(String password, String email) {
        if (password.length() < SHORTEST || password.length() > LONGEST || password.equalsIgnoreCase(email)) {
            throw new InvalidRequestException("a password has " + SHORTEST + " to " + LONGEST
                    + " characters and is not the email address; a few random words are good and easy to keep");
        }
    }

    private <T> T inTurn(Supplier<T> work) {
        try {
            if (!places.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw MailException.of(Kind.QUEUE_FULL, "too many people are logging in at once; try again");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw MailException.of(Kind.CANCELLED, "interrupted while waiting to check a password", stopped);
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }
}
