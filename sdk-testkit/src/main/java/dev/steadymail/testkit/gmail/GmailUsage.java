package dev.steadymail.testkit.gmail;

import java.util.Map;

/**
 * What one user's calls used since the server started. Immutable.
 *
 * @param units units charged, by the costs of the server's quota, or of {@link
 *     dev.steadymail.guard.QuotaPlans#GMAIL_2026} where it has none
 * @param calls calls that were charged by name, for example {@code messages.get}; parts of a batch one by one
 * @param quotaRefusals calls refused because of the quota
 * @param concurrencyRefusals calls refused because too many of the user were in progress
 * @param mostInFlight the most calls of the user that were in progress at once, parts of a batch counted together
 */
public record GmailUsage(
        long units, Map<String, Integer> calls, int quotaRefusals, int concurrencyRefusals, int mostInFlight) {
    /** Copies what could change. */
    public GmailUsage {
        calls = Map.copyOf(calls);
    }
}
