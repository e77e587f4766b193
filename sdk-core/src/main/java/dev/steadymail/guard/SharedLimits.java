package dev.steadymail.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * Circuits and quotas that several processes share: asked before every attempt, after the limits of this process allowed it. The
 * guard waits for an answer 50 ms at most and then goes on with its own limits, so an implementation may fail or be slow; what
 * it charged stays charged then. Thread-safe.
 *
 * <p>Each method is one atomic step of the store, for example one script in Redis: whatever other processes do at the same time
 * happened before it or happens after it. No method blocks its caller or throws; trouble fails the stage. All times are the
 * store's: it keeps how long is left of a pause and hands that out, so that the clocks of processes need not agree.
 *
 * <p>Keys are opaque and compared exactly, every character of them. They may hold addresses: a store outside this process keeps a
 * digest. What is idle is forgotten: a circuit at its end, a quota once a window has passed since its last charge.
 */
public interface SharedLimits {
    /**
     * Asks whether a circuit among the scopes is open, and for room in every quota named, all or none.
     *
     * <p>Looking at all circuits, at all quotas and charging is one atomic step. Answers in this order: {@link Verdict.Open} for the
     * circuit that ends last, {@link Verdict.NoRoom}, {@link Verdict.Granted}; only the last charges.
     *
     * <p>A charge counts in its quota from the moment of the answer for exactly one window, and at most a hundredth of a window
     * more: units may be forgotten late but never early, so that no window of any phase holds more than the limit.
     */
    CompletionStage<Verdict> admit(Demand demand);

    /**
     * Says that a provider asked for a pause, or that a scope keeps failing, so that every process leaves it alone. The longest
     * pause of each cause wins; one that has ended already changes nothing. Comparing and keeping is one atomic step. A circuit
     * that was heard of in a {@link Verdict.Open} is not said again, or processes would keep it open for each other.
     *
     * @return whether the scope must be left alone for longer than was known, for this cause
     */
    CompletionStage<Boolean> open(Opening opening);

    /**
     * Says that a scope serves again: a circuit that was opened for failing closes. A stated pause is never cut short by this.
     *
     * @return whether a circuit was open for failing
     */
    CompletionStage<Boolean> close(String scope);

    /**
     * What one attempt needs.
     *
     * @param scopes keys of all scopes it belongs to, for example {@code account:...}, {@code project:...}; at most 16
     * @param shares every quota to charge, each once; at most 16
     * @param units how much, at least 0; 0 finds room everywhere, more than a quota has is charged to it as all that it has
     */
    record Demand(List<String> scopes, List<Share> shares, long units) {
        private static final int MOST = 16;

        public Demand {
            scopes = List.copyOf(scopes);
            shares = List.copyOf(shares);
            requireBetween("scopes of a demand", scopes.size(), 0, MOST);
            requireBetween("shares of a demand", shares.size(), 0, MOST);
            scopes.forEach(SharedLimits::requireKey);
            requireBetween("units of a demand", units, 0, Long.MAX_VALUE);
            requireEachOnce(shares);
        }

        private static void requireEachOnce(List<Share> shares) {
            for (int first = 0; first < shares.size(); first++) {
                for (int second = first + 1; second < shares.size(); second++) {
                    if (shares.get(first).isSameQuotaAs(shares.get(second))) {
                        throw new IllegalArgumentException(
                                "shares of a demand must be different quotas, one was twice");
                    }
                }
            }
        }

        /** Shows no key, since it may hold an address. */
        @Override
        public String toString() {
            return "Demand[" + scopes.size() + " scopes, " + shares + ", units=" + units + "]";
        }
    }

    /**
     * One quota as all processes see it. Key and window together name it in the store: a key with another window is another quota.
     * The rest holds for this demand only, so that processes with different settings can share a quota.
     *
     * <p>Units count from the answer, but a provider counts from the arrival of the request. Where requests travel for unequal times,
     * a window that is longer than the provider's by the difference keeps the provider's limit too.
     *
     * @param key 1 to 4,096 characters
     * @param units the most in any window, at least 1; a store may take more than 2^53 for 2^53
     * @param window the window's length, 1 ms to 31 days; a store may round it up to whole milliseconds
     * @param kept units that this demand must leave free, 0 for the INTERACTIVE lane. A demand so large that it would never fit
     *     beside them fits when nothing is used
     */
    record Share(String key, long units, Duration window, long kept) {
        private static final Duration SHORTEST = Duration.ofMillis(1);
        private static final Duration LONGEST = Duration.ofDays(31);

        public Share {
            requireKey(key);
            requireBetween("units of a share", units, 1, Long.MAX_VALUE);
            requireBetween("kept units of a share", kept, 0, units);
            if (window.compareTo(SHORTEST) < 0 || window.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("window of a share must be between 1 ms and 31 days, was " + window);
            }
        }

        /** Returns whether both are charged to one quota. */
        public boolean isSameQuotaAs(Share other) {
            return window.equals(other.window) && key.equals(other.key);
        }

        /** Returns what a demand of so many units charges to this quota. */
        public long charge(long demanded) {
            return Math.min(demanded, units);
        }

        /** Returns the most that may be used already where a demand of so many units is to be granted. */
        public long mostUsedBefore(long demanded) {
            long rest = units - charge(demanded);
            return rest - Math.min(kept, rest);
        }

        /** Shows no key, since it may hold an address. */
        @Override
        public String toString() {
            return "Share[units=" + units + ", window=" + window + ", kept=" + kept + "]";
        }
    }

    /**
     * Why and until when a scope is left alone.
     *
     * @param scope its key, 1 to 4,096 characters
     * @param cause what opened it
     * @param until when it may be used again, by the clock of the process that says or hears it; a store takes more than a year for
     *     a year
     */
    record Opening(String scope, CircuitCause cause, Instant until) {
        public Opening {
            requireKey(scope);
        }

        /** Shows no key, since it may hold an address. */
        @Override
        public String toString() {
            return "Opening[cause=" + cause + ", until=" + until + "]";
        }
    }

    /** The answer to a demand. */
    sealed interface Verdict {
        /** There is room, and it has been charged. */
        record Granted() implements Verdict {}

        /**
         * There is no room, and nothing was charged.
         *
         * @param delay how long to wait before asking again, positive; enough where nobody else takes what becomes free
         */
        record NoRoom(Duration delay) implements Verdict {
            public NoRoom {
                if (delay.isNegative() || delay.isZero()) {
                    throw new IllegalArgumentException("delay must be positive, was " + delay);
                }
            }
        }

        /**
         * A circuit is open, and nothing was charged.
         *
         * @param opening the one of the demand's scopes that is open longest; THROTTLED where two causes end at once
         */
        record Open(Opening opening) implements Verdict {}
    }

    private static void requireKey(String key) {
        requireBetween("length of a key", key.length(), 1, 4_096);
    }

    private static void requireBetween(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be between " + least + " and " + most + ", was " + value);
        }
    }
}
