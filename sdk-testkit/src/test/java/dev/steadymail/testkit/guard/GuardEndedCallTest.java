package dev.steadymail.testkit.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.guard.Guard;
import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.Guards;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.guard.SharedLimits;
import dev.steadymail.guard.SharedLimits.Verdict;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call that has ended, whyever, is not sent any more; and what a provider says at the end is heard. */
@SuppressWarnings("FutureReturnValueIgnored")
class GuardEndedCallTest extends GuardTestCase {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final GuardSettings ONCE = GuardSettings.builder()
            .retryPolicy(new RetryPolicy(1, Duration.ZERO, Duration.ZERO))
            .build();

    private final Wire wire = new Wire(manual);
    private final CompletableFuture<Verdict> verdict = new CompletableFuture<>();

    @Test
    void cancelledBetweenGrantAndStart_isNotSent() {
        Guard two = twoAtOnce();
        List<CompletableFuture<String>> cancelled = new ArrayList<>();
        two.callAsync(READ, Lane.DELTA, time.deadline(CALL), cancellation -> {
            cancelled.get(0).cancel(true);
            return new CompletableFuture<>();
        });
        cancelled.add(ask(two, "cancelled"));
        manual.advance(SECOND);
        assertTrue(cancelled.get(0).isCancelled());
        assertFalse(wire.names().contains("cancelled"));
    }

    @Test
    void closedBetweenGrantAndStart_isNotSent() {
        Guard two = twoAtOnce();
        two.callAsync(READ, Lane.DELTA, time.deadline(CALL), cancellation -> {
            two.close();
            return new CompletableFuture<>();
        });
        ask(two, "closed");
        manual.advance(SECOND);
        assertFalse(wire.names().contains("closed"));
    }

    @Test
    void grantedTogetherWithOneThatIsThrottled_isNotSentIntoThePause() {
        Guard two = twoAtOnce();
        two.callAsync(READ, Lane.DELTA, time.deadline(CALL), cancellation -> {
            throw throttled(Duration.ofSeconds(30));
        });
        ask(two, "second");
        manual.advance(SECOND);
        assertFalse(wire.names().contains("second"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cancelledWhileTheStoreIsAsked_isNotSent(boolean granted) {
        Guard asking = asking();
        asking.callAsync(SEND, Lane.SEND, time.deadline(CALL), wire.request("send"))
                .cancel(true);
        verdict.complete(granted ? new Verdict.Granted() : new Verdict.NoRoom(SECOND));
        assertEquals(List.of(), wire.names());
    }

    @Test
    void deadlineThatPassesBeforeTheCallersThreadGoesOn_sendsNothing() throws Exception {
        Guard asking = asking();
        CompletableFuture<String> send = CompletableFuture.supplyAsync(
                () -> asking.call(SEND, Lane.SEND, time.deadline(Duration.ofMillis(20)), failing(0, unavailable())),
                threads);
        manual.awaitTimersSet(2);
        manual.advance(Duration.ofMillis(20));
        verdict.complete(new Verdict.Granted());
        assertEquals(Kind.DEADLINE, failure(send).kind());
        assertEquals(0, attempts.get());
    }

    @Test
    void cancelledWhileItsAttemptIsBroken_isNotRepeated() {
        Guard patient = guard(GuardSettings.builder().build());
        CompletableFuture<String> slow = ask(patient, "slow");
        wire.last().cancellation().onCancel(() -> slow.cancel(true));
        manual.advance(TIMEOUT);
        assertTrue(slow.isCancelled());
        assertEquals(0, patient.explain().resting());
    }

    @Test
    void statedTimeOfAnAttemptThatWasBroken_isHeard() throws Exception {
        Guard one = guard(ONCE);
        CountDownLatch sent = new CountDownLatch(1);
        CountDownLatch broken = new CountDownLatch(1);
        Thread caller = new Thread(() -> {
            try {
                one.call(READ, Lane.DELTA, time.deadline(CALL), cancellation -> {
                    cancellation.onCancel(broken::countDown);
                    sent.countDown();
                    awaitThat(() -> broken.getCount() == 0, "broken");
                    throw throttled(Duration.ofSeconds(30));
                });
            } catch (MailException cancelled) {
                return;
            }
        });
        caller.start();
        sent.await();
        caller.interrupt();
        caller.join(10_000);
        assertNotNull(one.pausedUntil());
    }

    @Test
    void restsThatEndTogether_keepTheOrderOfArrival() {
        Guard three = guard(
                GuardSettings.builder().maxInFlight(3).starts(1_000, SECOND).build());
        for (String name : List.of("a", "b", "c")) {
            ask(three, name);
        }
        MailException throttled = throttled(Duration.ofSeconds(30));
        List.copyOf(wire.sent).forEach(sent -> sent.fail(throttled));
        manual.advance(Duration.ofSeconds(31));
        assertEquals(List.of("a", "b", "c"), wire.names().subList(3, 6));
    }

    /** Its cap lets two wait for the same moment. */
    private Guard twoAtOnce() {
        Guard two = guard(ONCE.toBuilder().maxInFlight(2).starts(2, SECOND).build());
        ask(two, "first");
        ask(two, "second before");
        wire.answerAll();
        return two;
    }

    private Guard asking() {
        SharedLimits slow = (SharedLimits) Proxy.newProxyInstance(
                SharedLimits.class.getClassLoader(),
                new Class<?>[] {SharedLimits.class},
                (proxy, method, args) -> verdict);
        return new Guards(time, slow, null).open(ACCOUNT, GuardProfile.alone(ONCE), traffic);
    }

    private CompletableFuture<String> ask(Guard guard, String name) {
        return guard.callAsync(READ, Lane.DELTA, time.deadline(CALL), wire.request(name));
    }
}
