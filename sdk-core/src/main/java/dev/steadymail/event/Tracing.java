package dev.steadymail.event;

import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.Protocol;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows work from its begin to its end, for traces and profilers, where {@link ClientEventListener} only hears of ends. Called on the
 * threads that do the work: return at once, never block, never throw. Must tell no server, file or other process what account it is
 * about: its id may be an address. Thread-safe.
 */
public interface Tracing {
    /** A call comes to the guard, on the calling thread; null where this one is not followed. */
    @Nullable
    CallTrace call(AccountId account, Protocol protocol, String operation, Lane lane);

    /** Work that is made of calls begins, on the thread that does it. */
    WorkTrace work(Work work, AccountId account, Protocol protocol);

    /** Returns an executor whose tasks go on with what the thread was doing that handed them in. */
    default Executor carrying(Executor executor) {
        return executor;
    }

    /**
     * Tells what goes along with an HTTP request to a server, so that its own trace joins this one. Called on the thread of the attempt.
     *
     * @param header takes names and values of fields
     */
    default void headers(BiConsumer<String, String> header) {}

    /**
     * Returns one that lets several follow the same work, begun in their order and ended in the opposite one. What one of them throws is
     * logged, and keeps nothing from the rest or from the work.
     */
    static Tracing all(List<? extends Tracing> followers) {
        return TracingPair.of(followers);
    }

    /** Work that is made of calls. */
    enum Work {
        /** A run of a sync. */
        SYNC,
        /** A read that the memory of a cache did not answer alone. */
        CACHE,
        /** A step of an outbox that asks the provider. */
        SEND
    }
}
