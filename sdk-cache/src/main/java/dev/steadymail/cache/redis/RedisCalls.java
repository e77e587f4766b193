package dev.steadymail.cache.redis;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** Asks Redis and waits no longer than its patience; what goes wrong is counted, and is no failure of the caller's. Thread-safe. */
final class RedisCalls {
    /** What is on its way to Redis and nobody waits for. */
    private static final int MOST_UNDER_WAY = 16 << 20;

    private static final int PER_CALL = 500;
    private static final Duration MOST_SETTLING = Duration.ofMillis(500);
    private static final long LOOK_EVERY_NANOS = 1_000_000;

    private final RedisLink link;
    private final Duration patience;
    private final RedisCounters counters;
    private final Runnable onSilence;
    private final RedisBreaker breaker = new RedisBreaker(System::nanoTime);
    private final AtomicInteger underWay = new AtomicInteger();

    /** @param onSilence told when nothing came again after a rest */
    RedisCalls(RedisLink link, Duration patience, RedisCounters counters, Runnable onSilence) {
        this.link = link;
        this.patience = patience;
        this.counters = counters;
        this.onSilence = onSilence;
    }

    boolean isResting() {
        return breaker.isOpen();
    }

    /** Returns the answer, or nothing where none came in time. */
    <T> Optional<T> await(Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<T>> question) {
        if (!breaker.admits()) {
            counters.skipped();
            return Optional.empty();
        }
        long began = System.nanoTime();
        CompletableFuture<T> asked = null;
        try {
            asked = question.apply(link.commands()).toCompletableFuture();
            long left = patience.toNanos() - (System.nanoTime() - began);
            T answer = asked.get(Math.max(0, left), TimeUnit.NANOSECONDS);
            breaker.answered();
            return Optional.of(answer);
        } catch (TimeoutException late) {
            boolean unused = asked != null && asked.cancel(false);
            breaker.late();
            counters.late();
            if (breaker.isSilent()) {
                onSilence.run();
            }
        } catch (ExecutionException failure) {
            failed();
        } catch (RuntimeException failure) {
            failed();
        } catch (InterruptedException interrupt) {
            breaker.learnedNothing();
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    /** Where Redis says no, it is there, and without a connection nobody waits: only silence makes it rest. */
    private void failed() {
        counters.failed();
        breaker.learnedNothing();
    }

    /** Sends something nobody waits for; where too much is on its way already, or Redis rests, it is left out. */
    void send(int octets, Function<RedisClusterAsyncCommands<byte[], byte[]>, ? extends CompletionStage<?>> command) {
        int weight = octets + PER_CALL;
        if (breaker.isOpen() || !reserved(weight)) {
            counters.skipped();
            return;
        }
        try {
            CompletionStage<?> unused = command.apply(link.commands()).whenComplete((answer, failure) -> {
                underWay.addAndGet(-weight);
                if (failure == null) {
                    counters.written(octets);
                } else {
                    counters.failed();
                }
            });
        } catch (RuntimeException failure) {
            underWay.addAndGet(-weight);
            failed();
        }
    }

    /** Sends something small even while Redis rests. */
    void sendAnyway(Function<RedisClusterAsyncCommands<byte[], byte[]>, ? extends CompletionStage<?>> command) {
        try {
            CompletionStage<?> unused = command.apply(link.commands());
        } catch (RuntimeException failure) {
            counters.failed();
        }
    }

    /** Waits until what was sent is answered, half a second at most: a process that ends soon has written, too. */
    void settle() {
        long end = System.nanoTime() + MOST_SETTLING.toNanos();
        while (underWay.get() > 0 && !breaker.isOpen() && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(LOOK_EVERY_NANOS);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
    }

    private boolean reserved(int weight) {
        boolean fits = underWay.addAndGet(weight) <= MOST_UNDER_WAY;
        if (!fits) {
            underWay.addAndGet(-weight);
        }
        return fits;
    }
}
