package dev.steadymail.content;

import dev.steadymail.mail.MailboxId;
import java.time.Duration;
import java.util.Set;

/**
 * How content is fetched. Immutable; start from {@link #DEFAULT} and change copies of it.
 *
 * @param policy which emails a run reads
 * @param wanted what of each
 * @param mailboxes where to look; empty for everywhere, spam and trash included
 * @param wholeUpTo messages of up to so many octets are read whole, whatever is wanted of them; -1, the default, for as many as is
 *     cheapest at the provider, 0 to have parts only
 * @param parallel how many ranges of one large part are read at once, 1 to 4; each takes 512 KiB of memory
 * @param timeout the longest that one read may take, waiting for its turn and repetitions included, beside a second for each
 *     10,000 octets; positive
 */
public record ContentOptions(
        ContentPolicy policy, Wanted wanted, Set<MailboxId> mailboxes, long wholeUpTo, int parallel, Duration timeout) {
    /** Plain and HTML bodies of the emails of the last 30 days, two ranges at once, 5 minutes. */
    public static final ContentOptions DEFAULT = new ContentOptions(
            ContentPolicy.recent(Duration.ofDays(30)), Wanted.TEXT_AND_HTML, Set.of(), -1, 2, Duration.ofMinutes(5));

    private static final int MOST_PARALLEL = 4;

    public ContentOptions {
        mailboxes = Set.copyOf(mailboxes);
        if (wholeUpTo < -1) {
            throw new IllegalArgumentException("wholeUpTo must be at least -1, was " + wholeUpTo);
        }
        if (parallel < 1 || parallel > MOST_PARALLEL) {
            throw new IllegalArgumentException("parallel must be between 1 and 4, was " + parallel);
        }
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("timeout must be positive and at most a day, was " + timeout);
        }
    }

    public ContentOptions withPolicy(ContentPolicy policy) {
        return new ContentOptions(policy, wanted, mailboxes, wholeUpTo, parallel, timeout);
    }

    public ContentOptions withWanted(Wanted wanted) {
        return new ContentOptions(policy, wanted, mailboxes, wholeUpTo, parallel, timeout);
    }

    public ContentOptions withMailboxes(Set<MailboxId> mailboxes) {
        return new ContentOptions(policy, wanted, mailboxes, wholeUpTo, parallel, timeout);
    }

    public ContentOptions withWholeUpTo(long octets) {
        return new ContentOptions(policy, wanted, mailboxes, octets, parallel, timeout);
    }

    public ContentOptions withParallel(int parallel) {
        return new ContentOptions(policy, wanted, mailboxes, wholeUpTo, parallel, timeout);
    }

    public ContentOptions withTimeout(Duration timeout) {
        return new ContentOptions(policy, wanted, mailboxes, wholeUpTo, parallel, timeout);
    }
}
