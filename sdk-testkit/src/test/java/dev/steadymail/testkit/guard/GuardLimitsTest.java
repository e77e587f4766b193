package dev.steadymail.testkit.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.guard.Attempt;
import dev.steadymail.guard.Guard;
import dev.steadymail.guard.Request;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Time limits, interruption and closing: every wait ends, and says how. */
class GuardLimitsTest extends GuardTestCase {
    private final CountDownLatch sent = new CountDownLatch(1);
    private final CountDownLatch broken = new CountDownLatch(1);

    @Test
    void attemptWithoutAnswer_timesOutAndIsBroken() throws Exception {
        Guard single = guard(new RetryPolicy(1, Duration.ZERO, Duration.ZERO));
        CompletableFuture<String> call = CompletableFuture.supplyAsync(
                () -> single.call(READ, Lane.INTERACTIVE, time.deadline(CALL), silent()), threads);
        awaitSent();
        manual.advance(TIMEOUT.minusNanos(1));
        assertFalse(call.isDone());
        manual.advance(Duration.ofNanos(1));
        MailException ended = failure(call);
        assertEquals(Kind.TIMEOUT, ended.kind());
        assertFalse(ended.mayHaveTakenEffect());
        awaitBroken();
    }

    @Test
    void sendWithoutAnswer_mayHaveTakenEffectAndIsNotRepeated() throws Exception {
        CompletableFuture<String> call = call(SEND, silent());
        awaitSent();
        manual.advance(TIMEOUT);
        MailException ended = failure(call);
        assertEquals(Kind.TIMEOUT, ended.kind());
        assertTrue(ended.mayHaveTakenEffect());
        assertEquals(1, ended.attempts());
    }

    @Test
    void deadlineBeforeTheAttemptsLimit_wins() throws Exception {
        CompletableFuture<String> call = call(READ, Duration.ofSeconds(3), silent());
        awaitSent();
        manual.advance(Duration.ofSeconds(3));
        assertEquals(Kind.DEADLINE, failure(call).kind());
        awaitBroken();
    }

    @Test
    void deadlineThatHasPassed_sendsNothing() {
        MailException ended = failure(call(READ, Duration.ZERO, failing(0, unavailable())));
        assertEquals(Kind.DEADLINE, ended.kind());
        assertEquals(0, ended.attempts());
        assertEquals(0, attempts.get());
    }

    @Test
    void interruptedCaller_isCancelledAndStaysInterrupted() throws Exception {
        Interruptible caller = new Interruptible(READ, silent());
        awaitSent();
        assertEquals(Kind.CANCELLED, caller.interrupted().kind());
        assertTrue(caller.flagKept);
        awaitBroken();
        assertLeavesNoTimer();
    }

    @Test
    void interruptedSend_mayHaveTakenEffect() throws Exception {
        Interruptible caller = new Interruptible(SEND, silent());
        awaitSent();
        assertTrue(caller.interrupted().mayHaveTakenEffect());
    }

    @Test
    void interruptedWhileResting_isCancelledAndLeavesNoTimer() throws Exception {
        Interruptible caller = new Interruptible(READ, failing(9, unavailable()));
        awaitRest(1);
        MailException ended = caller.interrupted();
        assertEquals(Kind.CANCELLED, ended.kind());
        assertEquals(1, ended.attempts());
        assertEquals(Kind.UNAVAILABLE, ((MailException) ended.getSuppressed()[0]).kind());
        assertLeavesNoTimer();
    }

    @Test
    void closeDuringAnAttempt_cancelsAndBreaksIt() throws Exception {
        CompletableFuture<String> call = call(READ, silent());
        awaitSent();
        guard.close();
        assertEquals(Kind.CANCELLED, failure(call).kind());
        awaitBroken();
    }

    @Test
    void closeDuringASend_mayHaveTakenEffect() throws Exception {
        CompletableFuture<String> call = call(SEND, silent());
        awaitSent();
        guard.close();
        assertTrue(failure(call).mayHaveTakenEffect());
    }

    @Test
    void closeWhileResting_cancelsAndLeavesNoTimer() throws Exception {
        CompletableFuture<String> call = call(READ, failing(9, throttled(Duration.ofSeconds(30))));
        awaitRest(1);
        guard.close();
        assertEquals(Kind.CANCELLED, failure(call).kind());
        assertEquals(0, manual.pendingTimers());
    }

    @Test
    void closed_refusesCallsWithoutSending() {
        guard.close();
        guard.close();
        MailException ended = failure(call(READ, failing(0, unavailable())));
        assertEquals(Kind.CANCELLED, ended.kind());
        assertEquals(0, attempts.get());
    }

    @Test
    void faultOfTheProvidersCode_comesThroughAsItIs() throws Exception {
        CompletableFuture<String> call = call(READ, cancellation -> {
            throw new IllegalStateException("a fault");
        });
        Throwable cause =
                assertThrows(ExecutionException.class, () -> answer(call)).getCause();
        assertEquals(IllegalStateException.class, cause.getClass());
    }

    /** Sends and hears nothing until broken, like a read from a silent socket, which no interruption ends. */
    private Attempt<String> silent() {
        return cancellation -> {
            cancellation.onCancel(broken::countDown);
            sent.countDown();
            awaitThat(() -> broken.getCount() == 0, "the attempt is broken");
            throw MailException.of(Kind.NETWORK, "the socket was closed");
        };
    }

    private void awaitSent() {
        await(sent);
    }

    private void awaitBroken() {
        await(broken);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }

    /** A call on a thread that a test can interrupt. */
    private final class Interruptible {
        private final CompletableFuture<MailException> ended = new CompletableFuture<>();
        private final Thread thread;
        private volatile boolean flagKept;

        Interruptible(Request request, Attempt<String> attempt) {
            this.thread = new Thread(() -> run(request, attempt));
            thread.start();
        }

        private void run(Request request, Attempt<String> attempt) {
            try {
                guard.call(request, Lane.INTERACTIVE, time.deadline(CALL), attempt);
            } catch (MailException failure) {
                flagKept = Thread.currentThread().isInterrupted();
                ended.complete(failure);
            }
        }

        MailException interrupted() throws Exception {
            thread.interrupt();
            return ended.get(10, TimeUnit.SECONDS);
        }
    }
}
