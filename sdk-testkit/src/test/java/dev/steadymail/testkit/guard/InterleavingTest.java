package dev.steadymail.testkit.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.guard.AsyncAttempt;
import dev.steadymail.guard.Guard;
import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.Guards;
import dev.steadymail.guard.Request;
import dev.steadymail.guard.Traffic;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.testkit.time.ManualTime;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * What threads do to each other between two steps of a guard, done on one thread: the guard looks at the clock there, and the
 * clock lets something happen.
 */
class InterleavingTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final ManualTime manual = new ManualTime();
    private Runnable meanwhile = () -> {};
    private final TimeSource time = new TimeSource(
            manual::now, this::nanos, manual, manual.timeSource(1).random());
    private final Guard guard = new Guards(time, null, null)
            .open(
                    new AccountId("ada"),
                    GuardProfile.alone(GuardSettings.builder().build()),
                    new Traffic(time.nanos()));
    private final List<CompletableFuture<String>> requests = new ArrayList<>();
    private final CompletableFuture<String> answer = ask();

    /** Reads the clock, after what happens meanwhile; that happens once. */
    private long nanos() {
        Runnable happens = meanwhile;
        meanwhile = () -> {};
        happens.run();
        return manual.nanoTime();
    }

    private CompletableFuture<String> ask() {
        AsyncAttempt<String> attempt = cancellation -> {
            requests.add(new CompletableFuture<>());
            return requests.get(requests.size() - 1);
        };
        return guard.callAsync(
                Request.repeatable("read", LIMIT), Lane.DELTA, time.deadline(Duration.ofMinutes(5)), attempt);
    }

    @Test
    void callGivenUpWhileItFails_isNotRepeated() {
        meanwhile = () -> answer.cancel(true);
        requests.get(0).completeExceptionally(MailException.of(Kind.UNAVAILABLE, "down"));
        assertTrue(answer.isCancelled());
        assertEquals(0, guard.explain().resting());
        manual.advance(Duration.ofMinutes(1));
        assertEquals(1, requests.size());
        assertEquals(0, guard.explain().inFlight());
    }

    @Test
    void faultAtTheEndOfTheTimeLimit_isRepeatedOnce() {
        meanwhile = () -> manual.advance(LIMIT);
        requests.get(0).completeExceptionally(new IllegalStateException("a bug in a provider"));
        assertEquals(1, guard.explain().resting());
        manual.advance(Duration.ofSeconds(1));
        assertEquals(2, requests.size());
        requests.get(1).complete("answer");
        assertEquals("answer", answer.getNow("none"));
        assertEquals(0, guard.explain().resting());
    }
}
