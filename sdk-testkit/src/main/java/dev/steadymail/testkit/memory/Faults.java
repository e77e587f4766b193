package dev.steadymail.testkit.memory;

import dev.steadymail.guard.Cancellation;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with an in-memory account: which of its coming requests fail, and how. Requests are named like the provider's
 * methods, for example {@code get} or {@code changeKeywords}. Thread-safe.
 */
public final class Faults {
    private static final String ANY = "*";

    private final List<Fault> plan = new ArrayList<>();
    private @Nullable Stall stall;
    private volatile Runnable before = () -> {};

    Faults() {}

    /** Fails the next {@code times} requests of an operation before they do anything. */
    public void failNext(String operation, int times, MailException failure) {
        plan(new Fault(operation, times, false, failure));
    }

    /** Lets the next {@code times} requests of an operation take effect and fails them afterwards, as a lost answer does. */
    public void failAfterEffect(String operation, int times, MailException failure) {
        plan(new Fault(operation, times, true, failure));
    }

    /** Fails every request from now on. */
    public void failAlways(MailException failure) {
        plan(new Fault(ANY, Integer.MAX_VALUE, false, failure));
    }

    /** Takes requests and answers none, until the stall is released. */
    public synchronized Stall stall() {
        Stall started = new Stall(this);
        stall = started;
        return started;
    }

    /** Does something before each request from now on, on the thread that makes it: what another client does meanwhile. */
    public void beforeRequest(Runnable hook) {
        before = hook;
    }

    /** Forgets all planned faults and releases what is held back. */
    public void clear() {
        Stall released;
        synchronized (this) {
            plan.clear();
            released = stall;
            stall = null;
        }
        if (released != null) {
            released.free.complete(true);
        }
    }

    /** Runs one request as the plan says. */
    <T> T apply(String operation, Cancellation cancellation, Supplier<T> request) {
        before.run();
        Stall holding = current();
        if (holding != null) {
            holding.hold(cancellation);
        }
        Fault fault = take(operation);
        if (fault != null && !fault.afterEffect) {
            throw fault.failure.toBuilder().build();
        }
        T answer = request.get();
        if (fault != null) {
            throw fault.failure.toBuilder().build();
        }
        return answer;
    }

    private synchronized @Nullable Stall current() {
        return stall;
    }

    private synchronized void plan(Fault fault) {
        plan.add(fault);
    }

    private synchronized @Nullable Fault take(String operation) {
        for (int i = 0; i < plan.size(); i++) {
            Fault fault = plan.get(i);
            if (fault.operation.equals(ANY) || fault.operation.equals(operation)) {
                plan.set(i, fault.usedOnce());
                plan.removeIf(used -> used.times == 0);
                return fault;
            }
        }
        return null;
    }

    private synchronized void forget(Stall ended) {
        if (stall == ended) {
            stall = null;
        }
    }

    private record Fault(String operation, int times, boolean afterEffect, MailException failure) {
        Fault usedOnce() {
            return new Fault(operation, times == Integer.MAX_VALUE ? times : times - 1, afterEffect, failure);
        }
    }

    /** A server that holds requests back. Thread-safe. */
    public static final class Stall implements AutoCloseable {
        private final Faults faults;
        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CompletableFuture<Boolean> free = new CompletableFuture<>();

        private Stall(Faults faults) {
            this.faults = faults;
        }

        /** Waits until a request is held back; answers false where none came in time or the thread was interrupted. */
        public boolean awaitRequest(Duration limit) {
            try {
                return arrived.await(limit.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException interrupt) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        /** Lets the held requests go on. */
        @Override
        public void close() {
            faults.forget(this);
            free.complete(true);
        }

        /** Blocks as a socket does: only an answer or breaking the connection ends it. */
        private void hold(Cancellation cancellation) {
            CompletableFuture<Boolean> broken = new CompletableFuture<>();
            cancellation.onCancel(() -> broken.complete(false));
            arrived.countDown();
            boolean answered = (boolean) CompletableFuture.anyOf(free, broken).join();
            cancellation.clear();
            if (!answered) {
                throw MailException.of(Kind.NETWORK, "the connection was broken while the server was silent");
            }
        }
    }
}
