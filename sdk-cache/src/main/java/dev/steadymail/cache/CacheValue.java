package dev.steadymail.cache;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailThread;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.PageToken;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is kept under a key. Immutable. */
sealed interface CacheValue {
    /** About what an object with its key and the cache's own node takes. */
    int OVERHEAD = 200;

    /** A time that never is: this process read it itself. What it did not, no sync of its own proves until one has compared it. */
    long OWN = Long.MIN_VALUE;

    /** Returns about how many octets it takes. */
    int weight();

    /**
     * An email. What never changes of it stays good; its mailboxes and keywords are as of {@code readAt}.
     *
     * @param level what was read of it
     * @param readAt nanoseconds of the cache's clock
     * @param stateEra in which its state is good; another number than the account's, and the state is not known
     * @param sharedAt when it came from the level that processes share; {@link #OWN} where this process read it
     */
    record OfEmail(Email email, FetchLevel level, long readAt, long stateEra, long sharedAt) implements CacheValue {
        private static final int PER_CHARACTER = 2;

        OfEmail(Email email, FetchLevel level, long readAt, long stateEra) {
            this(email, level, readAt, stateEra, OWN);
        }

        OfEmail withState(Set<MailboxId> mailboxIds, Set<Keyword> keywords) {
            return new OfEmail(email.withState(mailboxIds, keywords), level, readAt, stateEra, sharedAt);
        }

        OfEmail withoutState() {
            return new OfEmail(email, level, readAt, NEVER);
        }

        /** An era that never is. */
        static final long NEVER = -1;

        /** That of a state which a sync told that has not come to its end: maybe not the last word. */
        static final long PENDING = -2;

        @Override
        public int weight() {
            int characters = email.id().value().length()
                    + email.mailboxIds().size() * 40
                    + email.keywords().size() * 10;
            if (email.envelope() != null) {
                characters += Weights.of(email.envelope());
            }
            if (email.body() != null) {
                characters += Weights.of(email.body());
            }
            return OVERHEAD + characters * PER_CHARACTER;
        }
    }

    /** An email that was not there. */
    record Absent(long readAt, long listEra) implements CacheValue {
        @Override
        public int weight() {
            return OVERHEAD;
        }
    }

    /** A page of a query, in whose mailbox it was asked; null where in all. */
    record OfList(
            List<EmailId> ids,
            @Nullable PageToken next,
            @Nullable MailboxId mailbox,
            long readAt,
            long listEra,
            long sharedAt)
            implements CacheValue {
        private static final int PER_ID = 100;

        OfList(List<EmailId> ids, @Nullable PageToken next, @Nullable MailboxId mailbox, long readAt, long listEra) {
            this(ids, next, mailbox, readAt, listEra, OWN);
        }

        @Override
        public int weight() {
            return OVERHEAD + ids.size() * PER_ID;
        }
    }

    /** All mailboxes. */
    record OfMailboxes(List<Mailbox> mailboxes, long readAt, long listEra, long sharedAt) implements CacheValue {
        private static final int PER_MAILBOX = 300;

        OfMailboxes(List<Mailbox> mailboxes, long readAt, long listEra) {
            this(mailboxes, readAt, listEra, OWN);
        }

        @Override
        public int weight() {
            return OVERHEAD + mailboxes.size() * PER_MAILBOX;
        }
    }

    /** A thread. */
    record OfThread(EmailThread thread, long readAt, long listEra, long sharedAt) implements CacheValue {
        private static final int PER_ID = 100;

        OfThread(EmailThread thread, long readAt, long listEra) {
            this(thread, readAt, listEra, OWN);
        }

        @Override
        public int weight() {
            return OVERHEAD + thread.emailIds().size() * PER_ID;
        }
    }

    /** Octets, which never change. Not to be written to. */
    final class OfContent implements CacheValue {
        private final byte[] octets;

        OfContent(byte[] octets) {
            this.octets = octets;
        }

        byte[] octets() {
            return octets;
        }

        @Override
        public int weight() {
            return OVERHEAD + octets.length;
        }
    }
}
