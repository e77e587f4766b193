package dev.steadymail.testkit.guard;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.guard.Attempt;
import dev.steadymail.guard.Guard;
import dev.steadymail.guard.Request;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.guard.Traffic;
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
import org.junit.jupiter.api.AfterEach;

/** A guard in manual time, callers on threads of their own, and attempts that count themselves. */
abstract class GuardTestCase {
    static final Duration TIMEOUT = Duration.ofSeconds(10);
    static final Duration CALL = Duration.ofMinutes(10);
    static final Request READ = Request.repeatable("read", TIMEOUT);
    static final Request SEND = Request.once("send", TIMEOUT);

    final ManualTime manual = new ManualTime();
    final TimeSource time = manual.timeSource(7);
    final Traffic traffic = new Traffic();
    final AtomicInteger attempts = new AtomicInteger();
    final ExecutorService threads = Executors.newCachedThreadPool();
    final Guard guard = guard(RetryPolicy.DEFAULT);

    @AfterEach
    void endThreads() {
        guard.close();
        threads.shutdownNow();
    }

    Guard guard(RetryPolicy policy) {
        return new Guard(time, threads, policy, traffic);
    }

    CompletableFuture<String> call(Request request, Attempt<String> attempt) {
        return call(request, CALL, attempt);
    }

    CompletableFuture<String> call(Request request, Duration deadline, Attempt<String> attempt) {
        return CompletableFuture.supplyAsync(() -> guard.call(request, time.deadline(deadline), attempt), threads);
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

    /** Waits until a lone call rests after its {@code attempts}-th attempt: each sets one timer for its limit, one to rest. */
    void awaitRest(int attempts) throws Exception {
        manual.awaitTimersSet(2L * attempts);
    }

    /** Moves to the end of that rest; answers how long it was. */
    Duration skipRest(int attempts) throws Exception {
        awaitRest(attempts);
        return manual.advanceToNextTimer();
    }

    static String answer(CompletableFuture<String> call) throws Exception {
        return call.get(10, TimeUnit.SECONDS);
    }

    static MailException failure(CompletableFuture<String> call) {
        ExecutionException ended = assertThrows(ExecutionException.class, () -> answer(call));
        return assertInstanceOf(MailException.class, ended.getCause());
    }
}
