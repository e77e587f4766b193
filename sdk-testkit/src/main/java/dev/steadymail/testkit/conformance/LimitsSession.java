package dev.steadymail.testkit.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.steadymail.guard.CircuitCause;
import dev.steadymail.guard.SharedLimits;
import dev.steadymail.guard.SharedLimits.Demand;
import dev.steadymail.guard.SharedLimits.Opening;
import dev.steadymail.guard.SharedLimits.Share;
import dev.steadymail.guard.SharedLimits.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One test's store as two processes have it, in the words that the tests use. */
final class LimitsSession implements AutoCloseable {
    static final Duration WINDOW = Duration.ofSeconds(1);
    static final Verdict GRANTED = new Verdict.Granted();

    private static final int PATIENCE_SECONDS = 60;

    private final SharedLimitsFixture fixture;
    private final SharedLimits here;
    private final SharedLimits there;

    LimitsSession(SharedLimitsFixture fixture) {
        this.fixture = fixture;
        this.here = fixture.open();
        this.there = fixture.open();
    }

    SharedLimits here() {
        return here;
    }

    SharedLimits there() {
        return there;
    }

    Instant now() {
        return fixture.now();
    }

    void pass(Duration time) {
        fixture.pass(time);
    }

    Duration precision() {
        return fixture.precision();
    }

    static Share share(String key, long units) {
        return new Share(key, units, WINDOW, 0);
    }

    static Share share(String key, long units, long kept) {
        return new Share(key, units, WINDOW, kept);
    }

    Verdict take(long units, Share... shares) {
        return answer(here.admit(new Demand(List.of(), List.of(shares), units)));
    }

    void takeAll(long units, Share... shares) {
        assertEquals(GRANTED, take(units, shares));
    }

    Duration refused(long units, Share... shares) {
        return assertInstanceOf(Verdict.NoRoom.class, take(units, shares)).delay();
    }

    boolean open(String scope, CircuitCause cause, Instant until) {
        return answer(here.open(new Opening(scope, cause, until)));
    }

    boolean close(String scope) {
        return answer(here.close(scope));
    }

    /** Asks as the other process does. */
    Verdict attempt(String... scopes) {
        return answer(there.admit(new Demand(List.of(scopes), List.of(), 1)));
    }

    Opening blocked(String... scopes) {
        return assertInstanceOf(Verdict.Open.class, attempt(scopes)).opening();
    }

    static <T> T answer(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while the store was asked", interrupt);
        } catch (ExecutionException | TimeoutException failure) {
            throw new AssertionError("the store gave no answer", failure);
        }
    }

    @Override
    public void close() {
        fixture.close();
    }
}
