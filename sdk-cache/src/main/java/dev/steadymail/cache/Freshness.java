package dev.steadymail.cache;

import dev.steadymail.mail.MailboxId;
import java.util.Collection;
import java.util.Set;

/**
 * What vouches for what was read of an account, at one moment. Immutable.
 *
 * <p>Two things prove that what was read still holds. A sync of all mailboxes that came to its end tells every change since the one
 * before: what it did not take back was true when it began. And while a watch is up that has told nothing since such a sync began, what is
 * in the mailboxes that it watches is true still.
 *
 * @param provedAt when all that is kept was true for sure, in nanoseconds of the cache's clock
 * @param watched mailboxes whose changes would have been told; empty where no watch is up
 */
record Freshness(long provedAt, Set<MailboxId> watched) {
    /** Returns whether something that was read then, and lies in these mailboxes, is true or was so lately. */
    boolean holds(long readAt, Collection<MailboxId> mailboxes, long now, long limit) {
        return (!watched.isEmpty() && !mailboxes.isEmpty() && watched.containsAll(mailboxes))
                || holds(readAt, now, limit);
    }

    /** Returns whether something that no watch tells of is true or was so lately. */
    boolean holds(long readAt, long now, long limit) {
        return age(readAt, now) < limit;
    }

    /** Returns how long ago it was true for sure. */
    long age(long readAt, long now) {
        return now - Math.max(readAt, provedAt);
    }
}
