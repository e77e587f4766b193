package dev.steadymail.testkit.gmail;

import dev.steadymail.guard.QuotaPlan;

/**
 * A quota that a {@link FakeGmail} keeps: what each method costs, how much may be spent, how time is cut into windows, and
 * how a call above the limit is refused. Immutable.
 *
 * <pre>{@code
 * FakeGmail.builder().quota(GmailQuota.of(QuotaPlans.GMAIL_2026).window(GmailQuota.Window.SLIDING))
 * }</pre>
 *
 * <p>Parts of a batch are charged one by one. A refused call costs nothing. Limits that are not {@linkplain
 * dev.steadymail.guard.QuotaLimit#enforced enforced} refuse nothing. Limits of a day or longer refuse with {@code
 * dailyLimitExceeded}, whatever {@code refusal} says.
 *
 * @param plan costs by method, and limits of a user and of the project
 * @param window how time is cut
 * @param refusal how a call above a limit of less than a day is answered
 */
public record GmailQuota(QuotaPlan plan, Window window, Refusal refusal) {

    /** Where the windows of a limit begin. */
    public enum Window {
        /** At whole multiples of their length, so a limit per minute starts anew with each minute of the clock. */
        FIXED,
        /** Anywhere: no window of that length holds more than the limit, wherever it begins. */
        SLIDING
    }

    /** The shapes in which Google answers the same condition. */
    public enum Refusal {
        /** 429, {@code rateLimitExceeded} of domain {@code global}: "Resource has been exhausted". */
        RESOURCE_EXHAUSTED,
        /** 403, {@code rateLimitExceeded} of domain {@code usageLimits}: "Quota exceeded for quota metric". */
        QUOTA_METRIC,
        /** 403, {@code userRateLimitExceeded}, with the time from which the call fits in the text: "Retry after". */
        RETRY_AFTER
    }

    /** Returns the quota of a plan in fixed windows, refused as {@link Refusal#QUOTA_METRIC}. */
    public static GmailQuota of(QuotaPlan plan) {
        return new GmailQuota(plan, Window.FIXED, Refusal.QUOTA_METRIC);
    }

    /** Returns this quota with other windows. */
    public GmailQuota window(Window changed) {
        return new GmailQuota(plan, changed, refusal);
    }

    /** Returns this quota with another refusal. */
    public GmailQuota refusal(Refusal changed) {
        return new GmailQuota(plan, window, changed);
    }
}
