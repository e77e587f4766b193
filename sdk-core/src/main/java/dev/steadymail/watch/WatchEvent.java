package dev.steadymail.watch;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailboxId;
import java.time.Duration;
import java.util.Set;

/** What a watch tells. Immutable. */
public sealed interface WatchEvent {
    /** How an account is watched, from the best to the last resort. */
    enum Mode {
        /** The server tells of every mailbox (RFC 5465). */
        NOTIFY,
        /** The server tells of one mailbox (RFC 2177); the others are asked about at intervals. */
        IDLE,
        /** The server is asked at intervals. */
        POLL
    }

    /**
     * Something changed, or may have while nobody watched: look now.
     *
     * @param mailboxes where; empty where it may be anywhere
     */
    record Changed(Set<MailboxId> mailboxes) implements WatchEvent {
        /** Takes a copy. */
        public Changed {
            mailboxes = Set.copyOf(mailboxes);
        }
    }

    /** The account is watched from now on; a {@link Changed} for what came before follows. */
    record Watching(Mode mode) implements WatchEvent {}

    /**
     * The account is not watched for now.
     *
     * @param cause why
     * @param retryIn when it will be tried again
     */
    record Lost(MailException cause, Duration retryIn) implements WatchEvent {}
}
