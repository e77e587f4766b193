package dev.steadymail.guard;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The circuit of one scope. Two causes open it, each by itself: a provider's throttle until exactly the stated time, and a rate of
 * failures, for a while, until one request succeeds as a probe. Guarded by its owner's lock.
 *
 * <p>The failure rate is resilience4j's, made only when something has failed and dropped again when nothing fails any more: most
 * accounts never need it.
 */
final class Circuit {
    private static final long FIRST_UNSTATED = Duration.ofSeconds(30).toNanos();
    private static final long LONGEST_UNSTATED = Duration.ofMinutes(5).toNanos();
    private static final int MOST_DOUBLINGS = 4;

    private final CircuitRules rules;
    private @Nullable CircuitBreaker rate;
    private int successes;
    private long throttledUntil;
    private boolean throttled;
    private long lastThrottleEnd;
    private int unstated;
    private boolean failing;
    private boolean probing;
    private long failingUntil;
    private long probeStartedAt;
    private int spreadLeft;
    private long spreadNext;

    Circuit(CircuitRules rules) {
        this.rules = rules;
    }

    /** Returns when the next request may start: {@code now} or earlier where it may, never while a probe is out. */
    long startAt(long now) {
        long until = openUntil();
        if (until > now) {
            return until;
        }
        if (probing) {
            return GuardClock.NEVER;
        }
        return spreadLeft > 0 ? spreadNext : now;
    }

    /** Returns until when the circuit is open; a past moment where it is not. */
    long openUntil() {
        return Math.max(throttled ? throttledUntil : 0, failing && !probing ? failingUntil : 0);
    }

    /** Takes note of a start that {@link #startAt} allowed; answers whether the circuit changed by it. */
    boolean start(long now) {
        boolean changed = throttled || failing;
        if (throttled) {
            throttled = false;
            spread(throttledUntil);
        }
        if (failing) {
            probe(now);
        } else if (spreadLeft > 0) {
            spreadLeft--;
            spreadNext = Math.max(spreadNext, now) + rules.spreadGap();
        }
        return changed;
    }

    private void probe(long now) {
        probing = true;
        probeStartedAt = now;
        CircuitBreaker breaker = rate;
        if (breaker != null) {
            breaker.transitionToHalfOpenState();
            var unused = breaker.tryAcquirePermission();
        }
    }

    private void spread(long from) {
        spreadLeft = rules.spreadStarts();
        spreadNext = from;
    }

    /** Answers whether the circuit closed. */
    boolean success(long startedAt) {
        if (unstated > 0 && startedAt >= lastThrottleEnd) {
            unstated = 0;
        }
        CircuitBreaker breaker = rate;
        if (breaker == null) {
            if (successes < CircuitRules.WINDOW) {
                successes++;
            }
            return false;
        }
        if (failing && !isProbe(startedAt)) {
            return false;
        }
        breaker.onSuccess(0, TimeUnit.NANOSECONDS);
        if (failing) {
            return close();
        }
        if (breaker.getState() == State.OPEN) {
            // The rate can reach its bound by a success too, when there are enough outcomes to tell: no reason to open.
            breaker.transitionToClosedState();
        }
        return forget();
    }

    private boolean close() {
        failing = false;
        probing = false;
        rate = null;
        successes = 1;
        spread(0);
        return true;
    }

    /** After a window full of successes there is nothing left that the rate would know and a new one would not. */
    private boolean forget() {
        if (++successes >= CircuitRules.WINDOW) {
            rate = null;
        }
        return false;
    }

    /** Counts a failure that is the server's or the network's; answers whether the circuit opened by it. */
    boolean failure(long startedAt, long now) {
        if (failing && !isProbe(startedAt)) {
            return false;
        }
        CircuitBreaker breaker = rate();
        successes = 0;
        breaker.onError(0, TimeUnit.NANOSECONDS, new CountedFailure());
        if (breaker.getState() != State.OPEN) {
            return false;
        }
        open(now + rules.openNanos());
        return true;
    }

    private CircuitBreaker rate() {
        CircuitBreaker breaker = rate;
        if (breaker == null) {
            breaker = rules.breaker();
            for (int i = 0; i < successes; i++) {
                breaker.onSuccess(0, TimeUnit.NANOSECONDS);
            }
            rate = breaker;
        }
        return breaker;
    }

    private void open(long until) {
        failing = true;
        probing = false;
        failingUntil = until;
        spreadLeft = 0;
    }

    /** An attempt ended in a way that tells nothing about the server's health: where it was the probe, another one has to. */
    void neutral(long startedAt) {
        if (isProbe(startedAt)) {
            probing = false;
        }
    }

    /** Stragglers that started before the circuit opened prove nothing once it did. */
    boolean isProbe(long startedAt) {
        return probing && startedAt >= probeStartedAt;
    }

    /** Opens until a stated time; answers whether that changed anything. */
    boolean throttle(long until, long now) {
        if (until <= now || (throttled && until <= throttledUntil)) {
            return false;
        }
        throttled = true;
        throttledUntil = until;
        lastThrottleEnd = until;
        spreadLeft = 0;
        return true;
    }

    /** Opens for a time of our own, longer each time the provider throttles again without stating one. */
    boolean throttleUnstated(long startedAt, long now) {
        if ((throttled && throttledUntil > now) || startedAt < lastThrottleEnd) {
            return false;
        }
        long wait = Math.min(LONGEST_UNSTATED, FIRST_UNSTATED << Math.min(unstated, MOST_DOUBLINGS));
        unstated++;
        return throttle(now + wait, now);
    }

    /** Opens as another process has found it; answers whether that was news. */
    boolean openedElsewhere(CircuitCause cause, long until, long now) {
        return cause == CircuitCause.FAILING ? openFailing(until, now) : throttle(until, now);
    }

    private boolean openFailing(long until, long now) {
        if (until <= now || (failing && !probing && until <= failingUntil)) {
            return false;
        }
        rate().transitionToOpenState();
        open(until);
        return true;
    }

    /** Closes by hand. */
    void reset() {
        rate = null;
        successes = 0;
        throttled = false;
        lastThrottleEnd = 0;
        unstated = 0;
        failing = false;
        probing = false;
        spreadLeft = 0;
    }

    CircuitState state(long now) {
        if (failing && (probing || failingUntil <= now)) {
            return openUntil() > now ? CircuitState.OPEN : CircuitState.HALF_OPEN;
        }
        return openUntil() > now ? CircuitState.OPEN : CircuitState.CLOSED;
    }

    /** Returns why the circuit is not closed; of two causes the one that lasts longer. */
    @Nullable
    CircuitCause cause(long now) {
        boolean throttling = throttled && throttledUntil > now;
        if (throttling && (!failing || throttledUntil >= failingUntil)) {
            return CircuitCause.THROTTLED;
        }
        return failing ? CircuitCause.FAILING : null;
    }
}
