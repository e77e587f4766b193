package dev.steadymail.send;

import dev.steadymail.time.Scheduler;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what is due in an outbox, one thing after the other on one thread at a time, and rests until something is due. Thread-safe. */
final class OutboxWork {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxWork.class);
    private static final int AT_ONCE = 20;
    private static final Set<OutboxState> LEAVING = EnumSet.of(OutboxState.QUEUED);
    private static final Set<OutboxState> GONE = EnumSet.complementOf(EnumSet.of(OutboxState.QUEUED));
    private static final Set<OutboxState> ALL = EnumSet.allOf(OutboxState.class);
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);
    private static final Duration SHORTEST_REST = Duration.ofMillis(1);
    private static final Duration REST_AFTER_FAILURE = Duration.ofSeconds(5);
    private static final Duration CLEANING = Duration.ofHours(1);

    private final Consumer<OutboxEntry> step;
    private final TimeSource time;
    private final Executor workers;
    private final OutboxStore store;
    private final OutboxOptions options;
    private final Runnable afterRound;
    private boolean inherited;
    private boolean working;
    private boolean again;
    private boolean closed;
    private Scheduler.@Nullable Timer timer;
    private @Nullable Instant cleanedAt;

    OutboxWork(
            Consumer<OutboxEntry> step,
            TimeSource time,
            Executor workers,
            OutboxStore store,
            OutboxOptions options,
            Runnable afterRound) {
        this.step = step;
        this.time = time;
        this.workers = workers;
        this.store = store;
        this.options = options;
        this.afterRound = afterRound;
    }

    /** Begins to work, or has whoever works look again. */
    void wake() {
        synchronized (this) {
            if (closed) {
                return;
            }
            again = true;
            if (working) {
                return;
            }
            working = true;
            cancelTimer();
        }
        try {
            workers.execute(this::work);
        } catch (RejectedExecutionException busy) {
            restAfterFailure();
        }
    }

    /** Begins nothing more; what is being done ends by itself. */
    synchronized void close() {
        closed = true;
        cancelTimer();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void work() {
        boolean rests = false;
        try {
            do {
                synchronized (this) {
                    again = false;
                }
                clean();
                inherit();
                Round round = new Round();
                Instant notBefore = round.workThrough();
                afterRound.run();
                rests = rest(round.nextDue(notBefore));
            } while (!rests);
        } catch (RuntimeException failure) {
            LOG.warn("the outbox cannot go on now and tries again soon", failure);
        } finally {
            if (!rests) {
                restAfterFailure();
            }
        }
    }

    /** What was going on when a process ended need not wait until its time is up, where that process was the only one. */
    private void inherit() {
        if (!inherited && store.isExclusive()) {
            Set<OutboxState> going = EnumSet.of(OutboxState.SENDING, OutboxState.SENT);
            store.due(going, Instant.MAX, Integer.MAX_VALUE).forEach(step);
        }
        inherited = true;
    }

    /** Ends the work until something is due; false where there is more to do now. */
    private synchronized boolean rest(Optional<Instant> until) {
        if (again && !closed) {
            return false;
        }
        working = false;
        if (!closed && until.isPresent()) {
            // The clock may jump meanwhile, and the machine may sleep.
            Instant now = time.now();
            Instant latest = now.plus(LONGEST_REST);
            Duration wait = Duration.between(now, until.get().isAfter(latest) ? latest : until.get());
            timer = time.scheduler().schedule(this::wake, wait.compareTo(SHORTEST_REST) < 0 ? SHORTEST_REST : wait);
        }
        return true;
    }

    private synchronized void restAfterFailure() {
        working = false;
        again = false;
        if (!closed) {
            timer = time.scheduler().schedule(this::wake, REST_AFTER_FAILURE);
        }
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void clean() {
        Instant now = time.now();
        if (cleanedAt == null || Duration.between(cleanedAt, now).abs().compareTo(CLEANING) > 0) {
            cleanedAt = now;
            int unused = store.forget(now.minus(options.keepFor()));
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** Does all that is due; what fails in an unforeseen way lets the others go on, and has to wait. */
    private final class Round {
        private final Set<String> failed = new HashSet<>();
        private final Map<String, Long> stepped = new HashMap<>();

        /** Returns when another message may leave at the earliest. */
        Instant workThrough() {
            while (true) {
                Instant now = time.now();
                Instant allowed = options.caps().nextAt(store, now);
                Set<OutboxState> states = allowed.isAfter(now) ? GONE : ALL;
                List<OutboxEntry> due = store.due(states, now, AT_ONCE + failed.size()).stream()
                        .filter(entry -> !failed.contains(entry.key()))
                        .toList();
                if (due.isEmpty() || isClosed()) {
                    return allowed;
                }
                stepUntilOneLeaves(due);
            }
        }

        /** Caps are looked at again before the next one leaves. */
        private void stepUntilOneLeaves(List<OutboxEntry> due) {
            for (OutboxEntry entry : due) {
                step(entry);
                if (entry.state() == OutboxState.QUEUED || isClosed()) {
                    return;
                }
            }
        }

        private void step(OutboxEntry entry) {
            try {
                if (entry.version() == stepped.getOrDefault(entry.key(), 0L)) {
                    throw new IllegalStateException("the store gives what it has replaced");
                }
                stepped.put(entry.key(), entry.version());
                step.accept(entry);
            } catch (RuntimeException failure) {
                if (failed.size() >= AT_ONCE) {
                    throw failure;
                }
                failed.add(entry.key());
                LOG.warn("a message in the outbox has to wait, since a step of it failed", failure);
            }
        }

        /**
         * Returns when something is due next. What failed is due still, and is not tried again at once.
         *
         * @param notBefore when another message may leave at the earliest
         */
        Optional<Instant> nextDue(Instant notBefore) {
            Optional<Instant> leaves = store.nextDue(LEAVING).map(due -> later(due, notBefore));
            Optional<Instant> next = Stream.of(leaves, store.nextDue(GONE))
                    .flatMap(Optional::stream)
                    .min(Instant::compareTo);
            return failed.isEmpty()
                    ? next
                    : next.map(due -> later(due, time.now().plus(REST_AFTER_FAILURE)));
        }
    }
}
