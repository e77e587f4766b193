package dev.steadymail.testkit.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.event.CallTrace;
import dev.steadymail.event.ClientEventListener;
import dev.steadymail.event.Telemetry;
import dev.steadymail.event.Tracing;
import dev.steadymail.event.WorkTrace;
import dev.steadymail.guard.Guard;
import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.Guards;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Protocol;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A call is followed from begin to end, with each of its attempts and how long it waited for each. */
class GuardTracingTest extends GuardTestCase {
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final ClientEventListener heard = event -> told.add(event.getClass().getSimpleName());

    private Guard followed() {
        Telemetry telemetry = Telemetry.of(ACCOUNT, Protocol.IMAP, time, heard, new Told());
        return new Guards(time, null, heard)
                .open(telemetry, GuardProfile.alone(GuardSettings.builder().build()), traffic);
    }

    @Test
    void callThatSucceeds_isOneAttemptThatWaitedForNothing() {
        try (Guard one = followed()) {
            assertEquals("answer", one.call(READ, Lane.DELTA, time.deadline(CALL), cancellation -> "answer"));
        }
        assertEquals(
                List.of("IMAP read DELTA", attemptAfter(Duration.ZERO), "detach", "attempt null", "RequestEvent", "null"), told);
    }

    @Test
    void callThatFailsTwice_tellsHowLongItRestedBeforeEachAttempt() throws Exception {
        try (Guard one = followed()) {
            CompletableFuture<String> call = CompletableFuture.supplyAsync(
                    () -> one.call(READ, Lane.SEND, time.deadline(CALL), failing(2, unavailable())), threads);
            Duration first = rest(one, 1);
            Duration second = rest(one, 2);
            assertEquals("answer", answer(call));
            assertEquals(
                    List.of(
                            "IMAP read SEND",
                            attemptAfter(Duration.ZERO),
                            "detach",
                            "attempt UNAVAILABLE",
                            "RequestEvent",
                            "RetryEvent",
                            attemptAfter(first),
                            "detach",
                            "attempt UNAVAILABLE",
                            "RequestEvent",
                            "RetryEvent",
                            attemptAfter(second),
                            "detach",
                            "attempt null",
                            "RequestEvent",
                            "null"),
                    told);
        }
    }

    @Test
    void callThatWasRefused_hasNoAttempt() {
        Guard one = followed();
        one.close();
        assertThrows(
                MailException.class, () -> one.call(READ, Lane.DELTA, time.deadline(CALL), cancellation -> "answer"));
        assertEquals(List.of("IMAP read DELTA", "ErrorEvent", "CANCELLED"), told);
    }

    @Test
    void faultOfAProvider_isToldAsOneThatSpeaksWrongly() {
        IllegalStateException fault = new IllegalStateException("planted");
        try (Guard one = followed()) {
            Throwable thrown = assertThrows(
                    IllegalStateException.class,
                    () -> one.call(READ, Lane.DELTA, time.deadline(CALL), cancellation -> {
                        throw fault;
                    }));
            assertSame(fault, thrown);
        }
        assertEquals("attempt PROTOCOL", told.get(3));
        assertEquals("PROTOCOL", told.get(told.size() - 1));
    }

    @Test
    void asyncCallThatFailsOnce_tellsTheSame() {
        try (Guard one = followed()) {
            List<CompletableFuture<String>> stages = new ArrayList<>();
            CompletableFuture<String> call = one.callAsync(READ, Lane.BACKFILL, time.deadline(CALL), cancellation -> {
                stages.add(new CompletableFuture<>());
                return stages.get(stages.size() - 1);
            });
            manual.advance(Duration.ofSeconds(1));
            stages.get(0).completeExceptionally(unavailable());
            Duration rest = Duration.between(manual.now(), one.explain().nextAttempt());
            manual.advance(rest);
            stages.get(1).complete("answer");
            assertEquals("answer", call.join());
            assertEquals(
                    List.of(
                            "IMAP read BACKFILL",
                            attemptAfter(Duration.ZERO),
                            "detach",
                            "attempt UNAVAILABLE",
                            "RequestEvent",
                            "RetryEvent",
                            attemptAfter(rest),
                            "detach",
                            "attempt null",
                            "RequestEvent",
                            "null"),
                    told);
        }
    }

    @Test
    void asyncAttemptThatThrows_hasEnded() {
        try (Guard one = followed()) {
            CompletableFuture<String> call = one.callAsync(SEND, Lane.SEND, time.deadline(CALL), cancellation -> {
                throw MailException.of(Kind.INVALID, "planted");
            });
            assertThrows(CompletionException.class, call::join);
        }
        assertEquals(List.of("IMAP send SEND", attemptAfter(Duration.ZERO), "attempt INVALID", "detach"), told.subList(0, 4));
        assertEquals("INVALID", told.get(told.size() - 1));
    }

    private static String attemptAfter(Duration wait) {
        return "attempt after " + wait.toNanos();
    }

    private Duration rest(Guard one, int made) {
        awaitThat(() -> attempts.get() == made && one.explain().resting() == 1, "rest after attempt " + made);
        Duration rest = Duration.between(manual.now(), one.explain().nextAttempt());
        manual.advance(rest);
        return rest;
    }

    private final class Told implements Tracing {
        @Override
        public CallTrace call(AccountId account, Protocol protocol, String operation, Lane lane) {
            told.add(protocol + " " + operation + " " + lane);
            return new CallTrace() {
                @Override
                public AttemptTrace attempt(long waitedNanos) {
                    told.add(attemptAfter(Duration.ofNanos(waitedNanos)));
                    return new ToldAttempt();
                }

                @Override
                public void ended(@Nullable Kind failure) {
                    told.add(String.valueOf(failure));
                }
            };
        }

        @Override
        public WorkTrace work(Work work, AccountId account, Protocol protocol) {
            return WorkTrace.NONE;
        }
    }

    private final class ToldAttempt implements CallTrace.AttemptTrace {
        @Override
        public void detach() {
            told.add("detach");
        }

        @Override
        public void ended(@Nullable Kind failure) {
            told.add("attempt " + failure);
        }
    }
}
