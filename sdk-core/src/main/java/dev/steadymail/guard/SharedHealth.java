package dev.steadymail.guard;

import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the shared store is worth asking. Thread-safe: one phase is replaced by the next in one step.
 *
 * <p>A question is asked in a phase and can only end that phase: what is heard late, or of many questions that failed together all
 * but the first, changes nothing.
 */
final class SharedHealth {
    private static final Logger LOG = LoggerFactory.getLogger(SharedHealth.class);
    private static final Duration FIRST_REST = Duration.ofSeconds(1);
    private static final Duration LONGEST_REST = Duration.ofSeconds(30);

    private final TimeSource time;
    private final Consumer<Boolean> changes;
    private volatile Phase current = Phase.reachable();

    SharedHealth(TimeSource time, Consumer<Boolean> changes) {
        this.time = time;
        this.changes = changes;
    }

    boolean isReachable() {
        return current.reachable;
    }

    /** Returns the phase of a question that is to be asked now, or null where the store is left alone. */
    @Nullable
    Phase mayAsk() {
        Phase phase = current;
        if (phase.reachable) {
            return phase;
        }
        if (phase.asking || time.nanoTime() - phase.restEnd < 0) {
            return null;
        }
        Phase trial = Phase.trial(phase.rest);
        return replace(phase, trial) ? trial : null;
    }

    void answered(Phase asked) {
        if (!asked.reachable && replace(asked, Phase.reachable())) {
            LOG.debug("shared limits answer again");
            tell(true);
        }
    }

    void failed(Phase asked, String trouble) {
        Duration rest = asked.reachable ? FIRST_REST : atMostLongest(asked.rest.multipliedBy(2));
        Phase next = Phase.resting(rest, time.nanoTime() + rest.toNanos());
        if (replace(asked, next) && asked.reachable) {
            LOG.warn("shared limits {}: this process goes on with its own, and asks again from time to time", trouble);
            tell(false);
        }
    }

    /** Answers false where the phase has ended already. */
    private synchronized boolean replace(Phase old, Phase next) {
        boolean isCurrent = current == old;
        if (isCurrent) {
            current = next;
        }
        return isCurrent;
    }

    private void tell(boolean reachable) {
        try {
            changes.accept(reachable);
        } catch (RuntimeException ignored) {
            LOG.warn(
                    "a listener of shared limits failed with {}",
                    ignored.getClass().getName());
        }
    }

    private static Duration atMostLongest(Duration rest) {
        return rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
    }

    /** What is believed until the next phase. Phases are told apart by identity. */
    static final class Phase {
        private final boolean reachable;
        private final boolean asking;
        private final Duration rest;
        private final long restEnd;

        private Phase(boolean reachable, boolean asking, Duration rest, long restEnd) {
            this.reachable = reachable;
            this.asking = asking;
            this.rest = rest;
            this.restEnd = restEnd;
        }

        private static Phase reachable() {
            return new Phase(true, false, Duration.ZERO, 0);
        }

        /** Nothing is asked until a time of the ticker. */
        private static Phase resting(Duration rest, long restEnd) {
            return new Phase(false, false, rest, restEnd);
        }

        /** One question is under way to find out. */
        private static Phase trial(Duration lastRest) {
            return new Phase(false, true, lastRest, 0);
        }
    }
}
