package dev.steadymail.testkit.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.guard.SharedLimits.Share;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What one quota must have granted and refused, told from outside: a unit was charged at some moment between question and answer,
 * so windows are judged by what was certainly in them, refusals by what may have been.
 */
final class QuotaModel {
    /** How much longer than a window a store may count a unit, in parts of the window. */
    private static final int LATE = 100;

    private final Duration window;
    private final Duration precision;
    private final List<Grant> grants = new ArrayList<>();

    QuotaModel(Duration window, Duration precision) {
        this.window = window;
        this.precision = precision;
    }

    void granted(Share share, long units, Instant asked, Instant answered, String seed) {
        long before = usedAfter(answered.minus(window));
        assertTrue(
                before <= share.mostUsedBefore(units),
                () -> units + " units were granted where " + before + " were used of " + share + ", " + seed);
        grants.add(new Grant(asked, answered, share.charge(units)));
    }

    /** Returns whether the quota may have been too full. */
    boolean mayRefuse(Share share, long units, Instant asked) {
        Instant oldest = asked.minus(window).minus(window.dividedBy(LATE)).minus(precision);
        long used = grants.stream()
                .filter(grant -> grant.answered.isAfter(oldest))
                .mapToLong(Grant::units)
                .sum();
        return used > share.mostUsedBefore(units);
    }

    long granted() {
        return grants.stream().mapToLong(Grant::units).sum();
    }

    private long usedAfter(Instant start) {
        return grants.stream()
                .filter(grant -> grant.asked.isAfter(start))
                .mapToLong(Grant::units)
                .sum();
    }

    private record Grant(Instant asked, Instant answered, long units) {}
}
