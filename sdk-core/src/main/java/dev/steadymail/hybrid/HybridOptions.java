package dev.steadymail.hybrid;

/**
 * When the second door of a {@link HybridAccount} is used. Immutable; the {@code with} methods return changed copies.
 *
 * @param dailyBytes octets that may pass the second door in any 24 hours, both ways; from 60 % of them reading is slowed, at 80 % nothing
 *     more is asked for until less than 60 % count, and at 90 % what was asked for is broken off. At least 1 MB
 * @param minEmails how many emails must be asked for at once, 1 to 100,000; fewer are read by the first door
 * @param whenSpent what becomes of emails for which no octets are left
 * @param sample how many emails are read by both doors to compare them, whenever a back-fill begins, 0 to 100; see {@link
 *     HybridReading#state}
 */
public record HybridOptions(long dailyBytes, int minEmails, WhenSpent whenSpent, int sample) {
    /** 2,500 MB a day, from 20 emails on, then by the first door; 5 emails are compared. */
    public static final HybridOptions DEFAULT = new HybridOptions(2_500_000_000L, 20, WhenSpent.READ_BY_FIRST, 5);

    private static final long LEAST_BYTES = 1_000_000;
    private static final int MOST_EMAILS = 100_000;
    private static final int MOST_SAMPLES = 100;

    public HybridOptions {
        if (dailyBytes < LEAST_BYTES) {
            throw new IllegalArgumentException("dailyBytes must be at least 1,000,000, was " + dailyBytes);
        }
        if (minEmails < 1 || minEmails > MOST_EMAILS) {
            throw new IllegalArgumentException("minEmails must be between 1 and 100000, was " + minEmails);
        }
        if (sample < 0 || sample > MOST_SAMPLES) {
            throw new IllegalArgumentException("sample must be between 0 and 100, was " + sample);
        }
    }

    /** What becomes of emails for which no octets are left. */
    public enum WhenSpent {
        /** They are read by the first door, at its price. */
        READ_BY_FIRST,
        /** They are told as unreadable for now, of kind THROTTLED, so that a sync parks them and tries again in later runs. */
        LATER
    }

    public HybridOptions withDailyBytes(long dailyBytes) {
        return new HybridOptions(dailyBytes, minEmails, whenSpent, sample);
    }

    public HybridOptions withMinEmails(int minEmails) {
        return new HybridOptions(dailyBytes, minEmails, whenSpent, sample);
    }

    public HybridOptions withWhenSpent(WhenSpent whenSpent) {
        return new HybridOptions(dailyBytes, minEmails, whenSpent, sample);
    }

    public HybridOptions withSample(int sample) {
        return new HybridOptions(dailyBytes, minEmails, whenSpent, sample);
    }
}
