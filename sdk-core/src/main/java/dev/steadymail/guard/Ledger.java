package dev.steadymail.guard;

import dev.steadymail.mail.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is left of an account's quotas at one moment.
 *
 * @param plan the plan's name
 * @param balances one for each limit of the plan
 */
public record Ledger(String plan, List<Balance> balances) {
    public Ledger {
        balances = List.copyOf(balances);
    }

    /**
     * One limit.
     *
     * @param limit what is limited
     * @param used units that count in the window that ends now, those of requests in flight included
     * @param left units that may be spent now
     * @param kept units of {@code left} that only the INTERACTIVE lane may spend
     * @param resetAt when all that is used now counts no more; now where nothing is used
     * @param usedByLane units spent by each lane since the account was opened
     */
    public record Balance(
            QuotaLimit limit, long used, long left, long kept, Instant resetAt, Map<Lane, Long> usedByLane) {
        public Balance {
            usedByLane = Map.copyOf(usedByLane);
        }

        /** Returns how much of the limit is used, 0 to 1. */
        public double share() {
            return (double) used / limit.units();
        }

        /** Returns the length of the window. */
        public Duration window() {
            return limit.window();
        }
    }
}
