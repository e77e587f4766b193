package dev.steadymail.cli.mirror;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.cli.outcome.StopReason;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.testkit.time.ManualTime;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PersistenceTest {
    private final MailException down = MailException.of(Kind.UNAVAILABLE, "down for a moment");

    private final PatienceBench bench = new PatienceBench(null);
    private int tries;

    @Test
    void passingFailure_isTriedAgain() {
        assertEquals("done", bench.persistence().untilDone(failing(3, down)));
        assertEquals(4, tries);
        assertTrue(waited().compareTo(Duration.ofSeconds(3)) >= 0, waited()::toString);
    }

    @Test
    void refusal_endsAtOnce() {
        MailException refused = MailException.of(Kind.AUTH, "refused");
        assertSame(
                refused,
                assertThrows(MailException.class, () -> bench.persistence().untilDone(failing(1, refused))));
        assertEquals(Duration.ZERO, waited());
    }

    @Test
    void statedThrottle_isWaitedFor() {
        Duration asked = Duration.ofMinutes(10);
        MailException throttled = throttled(asked);
        bench.watch.observe(bench.throttled(asked));
        assertEquals("done", bench.persistence().untilDone(failing(1, throttled)));
        assertTrue(waited().compareTo(asked) >= 0, waited()::toString);
        assertNull(bench.reason());
    }

    @Test
    void throttleBeyondTheDeadline_endsAtOnce() {
        PatienceBench hurried = new PatienceBench(Duration.ofMinutes(9));
        MailException throttled = throttled(Duration.ofMinutes(10));
        assertThrows(MailException.class, () -> hurried.persistence().untilDone(failing(1, throttled)));
        assertEquals(ManualTime.START, hurried.time.now());
    }

    @Test
    void providerThatNeverAnswers_endsAfterThirtySeconds() {
        MailException unreached = MailException.of(Kind.NETWORK, "cannot be reached");
        Persistence persistence = bench.persistence();
        assertThrows(MailException.class, () -> persistence.untilDone(failing(1_000, unreached)));
        assertEquals(StopReason.NEVER_REACHED, bench.reason());
        assertSame(unreached, persistence.lastFailure());
        assertFalse(waited().compareTo(Duration.ofSeconds(61)) > 0, waited()::toString);
    }

    @Test
    void providerThatOnlyFails_endsAfterFiveMinutes() {
        bench.watch.reached();
        assertThrows(MailException.class, () -> bench.persistence().untilDone(failing(1_000, down)));
        assertEquals(StopReason.NO_PROGRESS, bench.reason());
    }

    private Duration waited() {
        return Duration.between(ManualTime.START, bench.time.now());
    }

    private MailException throttled(Duration wait) {
        return MailException.builder(Kind.THROTTLED, "slow down")
                .retryAt(ManualTime.START.plus(wait))
                .build();
    }

    private Supplier<String> failing(int times, MailException failure) {
        return () -> {
            tries++;
            if (tries <= times) {
                throw failure;
            }
            return "done";
        };
    }
}
