package dev.steadymail.testkit.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What is repeated, how soon, and until when. */
class GuardRetryTest extends GuardTestCase {
    @Test
    void success_needsOneAttemptAndLeavesNoTimer() throws Exception {
        assertEquals("answer", answer(call(READ, failing(0, unavailable()))));
        assertEquals(1, attempts.get());
        assertLeavesNoTimer();
    }

    @Test
    void retryableFailure_isRepeatedAfterAWait() throws Exception {
        CompletableFuture<String> call = call(READ, failing(2, unavailable()));
        skipRest(1);
        skipRest(2);
        assertEquals("answer", answer(call));
        assertEquals(2, traffic.retries());
    }

    @Test
    void failureThatStays_endsWithTheCountAndTheEarlierOnes() throws Exception {
        CompletableFuture<String> call = call(READ, failing(9, unavailable()));
        skipRest(1);
        skipRest(2);
        skipRest(3);
        MailException last = failure(call);
        assertEquals(Kind.UNAVAILABLE, last.kind());
        assertEquals(4, last.attempts());
        MailException third = (MailException) last.getSuppressed()[0];
        assertEquals(3, third.attempts());
    }

    @Test
    void failureThatWaitingCannotHeal_isNotRepeated() {
        MailException ended = failure(call(READ, failing(9, MailException.of(Kind.AUTH, "refused"))));
        assertEquals(Kind.AUTH, ended.kind());
        assertEquals(1, attempts.get());
    }

    @Test
    void sendThatMayHaveTakenEffect_isNotRepeated() {
        MailException lost = MailException.builder(Kind.NETWORK, "reset")
                .mayHaveTakenEffect(true)
                .build();
        MailException ended = failure(call(SEND, failing(9, lost)));
        assertTrue(ended.mayHaveTakenEffect());
        assertEquals(1, attempts.get());
    }

    @Test
    void sendThatSurelyHadNoEffect_isRepeated() throws Exception {
        MailException notTaken =
                unavailable().toBuilder().mayHaveTakenEffect(false).build();
        CompletableFuture<String> call = call(SEND, failing(1, notTaken));
        skipRest(1);
        assertEquals("answer", answer(call));
    }

    @Test
    void sendOfWhichNothingIsSaid_isNotRepeatedAfterSilence_butAfterARefusal() throws Exception {
        MailException ended = failure(call(SEND, failing(1, unavailable())));
        assertTrue(ended.mayHaveTakenEffect());
        attempts.set(0);
        CompletableFuture<String> refused = call(SEND, failing(1, MailException.of(Kind.CONCURRENCY, "too many")));
        skipRest(1);
        manual.advance(Duration.ofSeconds(1));
        assertEquals("answer", answer(refused));
    }

    @Test
    void readThatMayHaveTakenEffect_isRepeated() throws Exception {
        MailException lost = unavailable().toBuilder().mayHaveTakenEffect(true).build();
        CompletableFuture<String> call = call(READ, failing(1, lost));
        skipRest(1);
        assertEquals("answer", answer(call));
    }

    @Test
    void retryAfter_isHonouredToTheNanosecond() throws Exception {
        CompletableFuture<String> call = call(READ, failing(1, throttled(Duration.ofSeconds(30))));
        awaitRest(1);
        manual.advance(Duration.ofSeconds(30).minusNanos(1));
        assertFalse(call.isDone());
        assertEquals(1, attempts.get());
        manual.advance(Duration.ofNanos(1));
        assertEquals("answer", answer(call));
        assertEquals(Duration.ofSeconds(30), traffic.throttled());
    }

    @Test
    void retryAfter_holdsForEveryCallOfTheAccount() throws Exception {
        CompletableFuture<String> first = call(READ, failing(1, throttled(Duration.ofSeconds(30))));
        awaitRest(1);
        CompletableFuture<String> second = call(READ, cancellation -> "second");
        awaitWaiting(1);
        manual.advance(Duration.ofSeconds(29));
        assertFalse(second.isDone());
        manual.advance(Duration.ofSeconds(2));
        assertEquals("second", answer(second));
        assertEquals("answer", answer(first));
    }

    @Test
    void retryAfter_lengthenedWhileWaiting_isHonouredToo() throws Exception {
        CompletableFuture<String> serverAnswers = new CompletableFuture<>();
        CompletableFuture<String> sent = new CompletableFuture<>();
        CompletableFuture<String> slow = call(READ, cancellation -> {
            sent.complete("sent");
            serverAnswers.join();
            return failing(1, throttled(Duration.ofSeconds(60))).run(cancellation);
        });
        assertEquals("sent", answer(sent));
        MailException soon = throttled(Duration.ofSeconds(8));
        assertThrottled(failure(call(READ, Duration.ofSeconds(5), cancellation -> {
            throw soon;
        })));
        CompletableFuture<String> waiting = call(READ, cancellation -> "waited");
        awaitWaiting(1);
        serverAnswers.complete("go");
        awaitRest(1);
        manual.advance(Duration.ofSeconds(60).minusNanos(1));
        assertFalse(waiting.isDone(), "sent before the time that the provider stated last");
        manual.advance(Duration.ofSeconds(1));
        assertEquals("waited", answer(waiting));
        assertEquals("answer", answer(slow));
    }

    @Test
    void retryAfterBeyondTheDeadline_failsAtOnceAndSaysWhen() {
        MailException ended =
                failure(call(READ, Duration.ofSeconds(20), failing(9, throttled(Duration.ofSeconds(30)))));
        assertThrottled(ended);
        assertEquals(1, ended.attempts());
        assertEquals(manual.now().plusSeconds(30), ended.retryAt().orElseThrow());
        MailException next = failure(call(READ, Duration.ofSeconds(20), failing(9, unavailable())));
        assertThrottled(next);
        assertEquals(0, next.attempts());
        assertEquals(1, attempts.get());
    }

    @Test
    void retryAfterTheEndOfTime_isAWaitLikeAnyOther() {
        MailException never = MailException.builder(Kind.THROTTLED, "never")
                .retryAt(Instant.MAX)
                .build();
        assertThrottled(failure(call(READ, failing(1, never))));
        assertThrottled(failure(call(READ, failing(1, never))));
    }

    @Test
    void clockSteppedBack_doesNotLengthenThePause() throws Exception {
        CompletableFuture<String> call = call(READ, failing(1, throttled(Duration.ofSeconds(30))));
        awaitRest(1);
        manual.stepClock(Duration.ofHours(-1));
        manual.advance(Duration.ofSeconds(30));
        assertEquals("answer", answer(call));
    }

    @Test
    void backoffBeyondTheDeadline_givesTheFailureAtOnce() {
        MailException ended = failure(call(READ, Duration.ofNanos(1_000), failing(9, unavailable())));
        assertEquals(Kind.UNAVAILABLE, ended.kind());
    }

    @Test
    void backoff_isAnywhereBetweenZeroAndADoublingBound() {
        RandomGenerator random = time.random();
        for (int attempt = 1; attempt <= 40; attempt++) {
            Duration bound = Duration.ofMillis(500L << Math.min(attempt - 1, 6));
            for (int i = 0; i < 50; i++) {
                Duration delay = RetryPolicy.DEFAULT.backoff(attempt, random);
                Duration cap = bound.compareTo(RetryPolicy.DEFAULT.cap()) < 0 ? bound : RetryPolicy.DEFAULT.cap();
                assertTrue(!delay.isNegative() && delay.compareTo(cap) <= 0, () -> "was " + delay);
            }
        }
    }

    @Test
    void backoff_ofALongBase_doesNotOverflow() {
        RetryPolicy slow = new RetryPolicy(50, Duration.ofHours(3), Duration.ofDays(1));
        assertTrue(slow.backoff(40, time.random()).compareTo(Duration.ofDays(1)) <= 0);
    }

    private static void assertThrottled(MailException failure) {
        assertEquals(Kind.THROTTLED, failure.kind());
    }
}
