package dev.steadymail.guard;

import java.time.Duration;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/** Limits of one account's requests. Immutable; start from a preset and change a copy by {@link #toBuilder}. */
public final class GuardSettings {
    /** A mailbox over Gmail's API: 3 requests at once, 10 a second, the quota of 2026. */
    public static final GuardSettings GMAIL =
            builder().quota(QuotaPlans.GMAIL_2026).build();

    /** Reading bodies and attachments beside other work: 2 requests at once, 8 a second; opens at 40 %, for a minute. */
    public static final GuardSettings CONTENT_FETCH = builder()
            .maxInFlight(2)
            .starts(8, Duration.ofSeconds(1))
            .attemptTimeout(Duration.ofSeconds(15))
            .failureRate(40)
            .openFor(Duration.ofMinutes(1))
            .quota(QuotaPlans.GMAIL_2026)
            .build();

    /** A mailbox over IMAP: 2 commands at once, one on each connection, 100 a second, no quota. */
    public static final GuardSettings IMAP = builder()
            .maxInFlight(2)
            .starts(100, Duration.ofSeconds(1))
            .attemptTimeout(Duration.ofSeconds(30))
            .build();

    /** A mailbox at Microsoft: 3 requests at once, 10,000 in any 10 minutes. */
    public static final GuardSettings OUTLOOK = builder()
            .starts(100, Duration.ofSeconds(1))
            .quota(QuotaPlans.OUTLOOK)
            .build();

    private final int maxInFlight;
    private final int adaptiveMax;
    private final int startsPerInterval;
    private final Duration interval;
    private final int maxWaiting;
    private final Duration attemptTimeout;
    private final int failureRate;
    private final Duration openFor;
    private final RetryPolicy retryPolicy;
    private final QuotaPlan quota;
    private final @Nullable IntToLongFunction ownLimit;

    private GuardSettings(Builder builder) {
        this.maxInFlight = builder.maxInFlight;
        this.adaptiveMax = builder.adaptiveMax;
        this.startsPerInterval = builder.startsPerInterval;
        this.interval = builder.interval;
        this.maxWaiting = builder.maxWaiting;
        this.attemptTimeout = builder.attemptTimeout;
        this.failureRate = builder.failureRate;
        this.openFor = builder.openFor;
        this.retryPolicy = builder.retryPolicy;
        this.quota = builder.quota;
        this.ownLimit = builder.ownLimit;
    }

    /** Starts from 3 requests at once, 10 a second, 10 s an attempt, open at 50 % failures for 30 s, no quota. */
    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        return new Builder()
                .maxInFlight(maxInFlight)
                .adaptiveMax(adaptiveMax)
                .starts(startsPerInterval, interval)
                .maxWaiting(maxWaiting)
                .attemptTimeout(attemptTimeout)
                .failureRate(failureRate)
                .openFor(openFor)
                .retryPolicy(retryPolicy)
                .quota(quota)
                .ownLimit(ownLimit);
    }

    public int maxInFlight() {
        return maxInFlight;
    }

    /** Returns up to where the in-flight limit may grow by itself, or 0 where it does not. */
    public int adaptiveMax() {
        return adaptiveMax;
    }

    public int startsPerInterval() {
        return startsPerInterval;
    }

    public Duration interval() {
        return interval;
    }

    public int maxWaiting() {
        return maxWaiting;
    }

    public Duration attemptTimeout() {
        return attemptTimeout;
    }

    public int failureRate() {
        return failureRate;
    }

    public Duration openFor() {
        return openFor;
    }

    public RetryPolicy retryPolicy() {
        return retryPolicy;
    }

    public QuotaPlan quota() {
        return quota;
    }

    @Nullable
    IntToLongFunction ownLimit() {
        return ownLimit;
    }

    /** Collects settings. Not thread-safe. */
    public static final class Builder {
        private static final int MOST_IN_FLIGHT = 100;
        private static final int MOST_STARTS = 1_000_000;
        private static final int LEAST_ADAPTIVE = 2;
        private static final int MOST_ADAPTIVE = 20;

        private int maxInFlight = 3;
        private int adaptiveMax;
        private int startsPerInterval = 10;
        private Duration interval = Duration.ofSeconds(1);
        private int maxWaiting = 10_000;
        private Duration attemptTimeout = Duration.ofSeconds(10);
        private int failureRate = 50;
        private Duration openFor = Duration.ofSeconds(30);
        private RetryPolicy retryPolicy = RetryPolicy.DEFAULT;
        private QuotaPlan quota = QuotaPlan.NONE;
        private @Nullable IntToLongFunction ownLimit;

        private Builder() {}

        /** Sets how many requests may be in flight at once, 1 to 100. */
        public Builder maxInFlight(int maxInFlight) {
            requireBetween("maxInFlight", maxInFlight, 1, MOST_IN_FLIGHT);
            this.maxInFlight = maxInFlight;
            return this;
        }

        /**
         * Lets the in-flight limit grow by one after 20 requests without trouble, up to a number from 2 to 20; 0, the default, keeps
         * it where it is. Where the provider said "too many at once" it does not grow past that for an hour.
         */
        public Builder adaptiveMax(int adaptiveMax) {
            if (adaptiveMax != 0) {
                requireBetween("adaptiveMax", adaptiveMax, LEAST_ADAPTIVE, MOST_ADAPTIVE);
            }
            this.adaptiveMax = adaptiveMax;
            return this;
        }

        /** Sets how many requests may start in any interval, 1 to 1,000,000, and its length, 1 ms to 1 hour. */
        public Builder starts(int startsPerInterval, Duration interval) {
            requireBetween("startsPerInterval", startsPerInterval, 1, MOST_STARTS);
            requireBetween("interval", interval, Duration.ofMillis(1), Duration.ofHours(1));
            this.startsPerInterval = startsPerInterval;
            this.interval = interval;
            return this;
        }

        /** Sets how many calls may wait for their turn, 1 to 1,000,000; one more fails with QUEUE_FULL. 10,000 by default. */
        public Builder maxWaiting(int maxWaiting) {
            requireBetween("maxWaiting", maxWaiting, 1, 1_000_000);
            this.maxWaiting = maxWaiting;
            return this;
        }

        /** Sets how long an attempt may take where its request states nothing, 1 ms to 1 day. */
        public Builder attemptTimeout(Duration attemptTimeout) {
            requireBetween("attemptTimeout", attemptTimeout, Duration.ofMillis(1), Duration.ofDays(1));
            this.attemptTimeout = attemptTimeout;
            return this;
        }

        /** Sets at which share of failures among the last 20 requests the circuit opens, 1 to 100 percent. */
        public Builder failureRate(int percent) {
            requireBetween("failureRate", percent, 1, 100);
            this.failureRate = percent;
            return this;
        }

        /** Sets how long a failing circuit stays open before one request tries, 1 ms to 1 hour. */
        public Builder openFor(Duration openFor) {
            requireBetween("openFor", openFor, Duration.ofMillis(1), Duration.ofHours(1));
            this.openFor = openFor;
            return this;
        }

        /** Sets how failed requests are repeated. */
        public Builder retryPolicy(RetryPolicy retryPolicy) {
            this.retryPolicy = retryPolicy;
            return this;
        }

        /** Sets what requests cost and how much of it may be spent. */
        public Builder quota(QuotaPlan quota) {
            this.quota = quota;
            return this;
        }

        /**
         * Adds a limit of the user's own, asked once per attempt: given the units it answers how many nanoseconds to wait, or a
         * negative number to refuse. A resilience4j limiter fits as {@code rateLimiter::reservePermission}.
         */
        public Builder ownLimit(@Nullable IntToLongFunction ownLimit) {
            this.ownLimit = ownLimit;
            return this;
        }

        public GuardSettings build() {
            return new GuardSettings(this);
        }

        private static void requireBetween(String name, int value, int least, int most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(
                        name + " must be between " + least + " and " + most + ", was " + value);
            }
        }

        private static void requireBetween(String name, Duration value, Duration least, Duration most) {
            if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
                throw new IllegalArgumentException(
                        name + " must be between " + least + " and " + most + ", was " + value);
            }
        }
    }
}
