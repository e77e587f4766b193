package dev.steadymail.testkit.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.event.CallTrace;
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
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What follows a call sees of it. */
class TracedCallTest extends GuardTestCase {
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final Guard traced = new Guards(time, null, null)
            .open(
                    Telemetry.of(ACCOUNT, Protocol.IMAP, time, null, new Notes()),
                    GuardProfile.alone(GuardSettings.builder().build()),
                    traffic);

    private final class Notes implements Tracing {
        @Override
        public CallTrace call(AccountId account, Protocol protocol, String operation, Lane lane) {
            seen.add(protocol + " " + operation + " " + lane);
            return new CallNotes();
        }

        @Override
        public WorkTrace work(Work work, AccountId account, Protocol protocol) {
            return WorkTrace.NONE;
        }
    }

    private final class CallNotes implements CallTrace {
        @Override
        public void attemptBegan(int attempt, long waitedNanos) {
            seen.add("attempt " + attempt);
        }

        @Override
        public void attemptLeft(int attempt) {
            seen.add("left " + attempt);
        }

        @Override
        public void attemptSucceeded(int attempt) {
            seen.add("done " + attempt);
        }

        @Override
        public void attemptFailed(int attempt, Kind failure, long tookNanos) {
            seen.add(failure + " " + attempt);
        }

        @Override
        public void succeeded() {
            seen.add("call done");
        }

        @Override
        public void failed(Kind failure, long waitedNanos) {
            seen.add("call " + failure);
        }
    }

    @Test
    void callThatSucceeds_isOneAttempt() {
        assertEquals("yes", traced.call(READ, Lane.DELTA, time.deadline(CALL), cancellation -> "yes"));
        assertEquals(List.of("IMAP read DELTA", "attempt 1", "left 1", "done 1", "call done"), seen);
    }

    @Test
    void everyAttempt_isSeen() throws Exception {
        CompletableFuture<String> call = CompletableFuture.supplyAsync(
                () -> traced.call(
                        READ, Lane.DELTA, time.deadline(CALL), failing(1, MailException.of(Kind.UNAVAILABLE, "away"))),
                threads);
        awaitThat(() -> attempts.get() == 1 && traced.explain().resting() == 1, "the rest after the first attempt");
        manual.advance(Duration.between(manual.now(), traced.explain().nextAttempt()));
        assertEquals("answer", answer(call));
        assertEquals("IMAP read DELTA", seen.get(0));
        assertEquals(
                List.of("attempt 1", "left 1", "UNAVAILABLE 1", "attempt 2", "left 2", "done 2", "call done"),
                seen.subList(1, seen.size()));
    }

    @Test
    void faultOfAProvider_endsBothAndComesThrough() {
        assertThrows(
                IllegalStateException.class,
                () -> traced.call(READ, Lane.DELTA, time.deadline(CALL), cancellation -> {
                    throw new IllegalStateException("a defect");
                }));
        assertEquals(List.of("attempt 1", "left 1", "PROTOCOL 1", "call PROTOCOL"), seen.subList(1, 5));
    }

    @Test
    void attemptThatDoesNotBlock_isLeftByItsThreadBeforeItEnds() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        CompletableFuture<String> call =
                traced.callAsync(READ, Lane.DELTA, time.deadline(CALL), cancellation -> answer);
        assertEquals(List.of("attempt 1", "left 1"), seen.subList(1, seen.size()));
        answer.completeExceptionally(MailException.of(Kind.FORBIDDEN, "no"));
        assertThrows(CompletionException.class, call::join);
        assertEquals(List.of("FORBIDDEN 1", "call FORBIDDEN"), seen.subList(3, seen.size()));
    }
}
