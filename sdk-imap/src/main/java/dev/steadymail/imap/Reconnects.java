package dev.steadymail.imap;

import dev.steadymail.mail.MailException;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * How long to wait before a watch connects again: not at all the first time, then up to 2, 4, 8 and at last 300 seconds, each time a
 * random part of it, so that accounts that were cut together do not come back together. Never sooner than the server asked for. Used by
 * one thread at a time.
 */
final class Reconnects {
    private static final long FIRST_MILLIS = 2_000;
    private static final long LONGEST_MILLIS = 300_000;
    private static final int MOST_DOUBLINGS = 8;

    private final RandomGenerator random;
    private int failures;

    Reconnects(RandomGenerator random) {
        this.random = random;
    }

    void succeeded() {
        failures = 0;
    }

    Duration delayAfter(MailException failure, Instant now) {
        int before = failures++;
        long most = before == 0 ? 0 : Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(MOST_DOUBLINGS, before - 1));
        long millis = failure.isRetryable() ? (long) (most * random.nextDouble()) : LONGEST_MILLIS;
        Duration asked = failure.retryAt().map(at -> Duration.between(now, at)).orElse(Duration.ZERO);
        Duration own = Duration.ofMillis(millis);
        return asked.compareTo(own) > 0 ? asked : own;
    }
}
