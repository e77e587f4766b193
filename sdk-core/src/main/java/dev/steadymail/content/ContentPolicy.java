package dev.steadymail.content;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which emails a run reads; what is asked for on demand is read in any case. Immutable.
 *
 * @param emails the most emails, the newest; 0 for none, {@link Long#MAX_VALUE} for all
 * @param maxAge how long ago they may have arrived, or null for any time
 */
public record ContentPolicy(long emails, @Nullable Duration maxAge) {
    /** The most emails that a policy other than all may name; so many ids are in memory. */
    public static final long MOST_RECENT = 100_000;

    /** Nothing: content is read on demand only. */
    public static final ContentPolicy ON_DEMAND = new ContentPolicy(0, null);

    /** Every email. */
    public static final ContentPolicy ALL = new ContentPolicy(Long.MAX_VALUE, null);

    public ContentPolicy {
        if (emails < 0 || (emails > MOST_RECENT && emails != Long.MAX_VALUE)) {
            throw new IllegalArgumentException("emails must be 0 to " + MOST_RECENT + ", or all, was " + emails);
        }
        if (maxAge != null && (maxAge.isNegative() || maxAge.isZero() || emails > MOST_RECENT)) {
            throw new IllegalArgumentException("maxAge must be positive and needs a number of emails, was " + maxAge);
        }
    }

    /** Returns the newest emails, 1 to {@value #MOST_RECENT}, whenever they arrived. */
    public static ContentPolicy newest(int emails) {
        return new ContentPolicy(emails, null);
    }

    /** Returns emails that arrived within a time, the newest 10,000 of them at most; {@link #atMost} changes that. */
    public static ContentPolicy recent(Duration maxAge) {
        return new ContentPolicy(10_000, maxAge);
    }

    /** Returns this policy with another limit on how many emails, the newest, 1 to {@value #MOST_RECENT}. */
    public ContentPolicy atMost(int emails) {
        return new ContentPolicy(emails, maxAge);
    }

    boolean isAll() {
        return emails > MOST_RECENT;
    }
}
