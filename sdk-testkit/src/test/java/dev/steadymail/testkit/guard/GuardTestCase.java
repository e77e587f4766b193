package dev.steadymail.testkit.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.guard.Attempt;
import dev.steadymail.guard.Guard;
import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.Guards;
import dev.steadymail.guard.Request;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.guard.Traffic;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.testkit.time.ManualTime;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;

/** A guard in manual time, callers on threads of their own, and attempts that count themselves. */
abstract class GuardTestCase {
    static final AccountId ACCOUNT = new AccountId("guarded");
    static final Duration TIMEOUT = Duration.ofSeconds(10);
    static final Duration CALL = Duration.ofMinutes(10);
    static final Request READ = Request.repeatable("read", TIMEOUT);
    static final Request SEND = Request.once("send", TIMEOUT);

    final ManualTime manual = new ManualTime();
    final TimeSource time = manual.timeSource(7);
    final Traffic traffic = new Traffic(time.nanos());
    final AtomicInteger attempts = new AtomicInteger();
    final ExecutorService threads = Executors.newCachedThreadPool();
    final Guard guard = guard(RetryPolicy.DEFAULT);

    @AfterEach
    void endThreads() {
        guard.close();
        threads.shutdownNow();
    }

    Guard guard(RetryPolicy policy) {
        return guard(GuardSettings.builder().retryPolicy(policy).build());
    }

    Guard guard(GuardSettings settings) {
        return new Guards(time, null, null).open(ACCOUNT, GuardProfile.alone(settings), traffic);
    }

    CompletableFuture<String> call(Request request, Attempt<String> attempt) {
        return call(request, CALL, attempt);
    }

    CompletableFuture<String> call(Request request, Duration deadline, Attempt<String> attempt) {
        return CompletableFuture.supplyAsync(
                () -> guard.call(request, Lane.INTERACTIVE, time.deadline(deadline), attempt), threads);
    }

    /** Fails {@code times} times, then answers. */
    Attempt<String> failing(int times, MailException failure) {
        return cancellation -> {
            if (attempts.incrementAndGet() <= times) {
                throw failure;
            }
            return "answer";
        };
    }

    static MailException unavailable() {
        return MailException.of(Kind.UNAVAILABLE, "down");
    }

    MailException throttled(Duration wait) {
        return MailException.builder(Kind.THROTTLED, "slow down")
                .retryAt(manual.now().plus(wait))
                .build();
    }

    /** Lets other threads go on until something is so, at most ten seconds. */
    static void awaitThat(BooleanSupplier fact, String what) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!fact.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, () -> "did not come about in ten seconds: " + what);
            Thread.onSpinWait();
        }
    }

    /** A timer may outlast the call that set it, so that the next call need not set one; it is gone when its time has come. */
    void assertLeavesNoTimer() {
        assertTrue(manual.pendingTimers() <= 1);
        manual.advance(CALL);
        assertEquals(0, manual.pendingTimers());
    }

    void awaitWaiting(int calls) {
        awaitThat(() -> guard.explain().waiting() == calls, calls + " calls wait");
    }

    /** Waits until a lone call rests after its {@code made}-th attempt. */
    void awaitRest(int made) {
        awaitThat(() -> attempts.get() == made && guard.explain().resting() == 1, "rest after attempt " + made);
    }

    /** Moves to the end of that rest; answers how long it was. */
    Duration skipRest(int made) {
        awaitRest(made);
        Duration rest = Duration.between(manual.now(), guard.explain().nextAttempt());
        manual.advance(rest);
        return rest;
    }

    static String answer(CompletableFuture<String> call) throws Exception {
        return call.get(10, TimeUnit.SECONDS);
    }

    static MailException failure(CompletableFuture<String> call) {
        ExecutionException ended = assertThrows(ExecutionException.class, () -> answer(call));
        return assertInstanceOf(MailException.class, ended.getCause());
    }
}
