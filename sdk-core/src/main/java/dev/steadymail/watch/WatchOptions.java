package dev.steadymail.watch;

import dev.steadymail.mail.MailboxId;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What to watch and how. Immutable and thread-safe; every method that takes a value returns a changed copy.
 *
 * @param mailboxes which mailboxes, the one to be told of soonest first; empty for the inbox alone
 * @param interval within which a change is told even where the server does not tell of it by itself, 1 second to 1 hour
 * @param preferred whether this account comes first where a host allows fewer connections than there are accounts
 */
public record WatchOptions(List<MailboxId> mailboxes, Duration interval, boolean preferred) {
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofHours(1);

    /** The inbox, told within two minutes at the latest. */
    public static final WatchOptions INBOX = new WatchOptions(List.of(), Duration.ofMinutes(2), false);

    /** Checks the interval. */
    public WatchOptions {
        mailboxes = List.copyOf(new LinkedHashSet<>(mailboxes));
        if (interval.compareTo(LEAST) < 0 || interval.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("interval must be between 1 second and 1 hour, was " + interval);
        }
    }

    /** Sets which mailboxes to watch; a server tells at once of the first only, unless it has NOTIFY. */
    public WatchOptions mailboxes(List<MailboxId> mailboxes) {
        return new WatchOptions(mailboxes, interval, preferred);
    }

    /** Sets within which time a change is told at the latest. */
    public WatchOptions interval(Duration interval) {
        return new WatchOptions(mailboxes, interval, preferred);
    }

    /** Sets whether this account comes before others of its host. */
    public WatchOptions preferred(boolean preferred) {
        return new WatchOptions(mailboxes, interval, preferred);
    }
}
