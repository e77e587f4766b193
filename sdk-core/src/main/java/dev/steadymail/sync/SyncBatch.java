package dev.steadymail.sync;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Change.Relocated;
import dev.steadymail.provider.Change.Updated;
import dev.steadymail.provider.ChangePage.Mode;
import dev.steadymail.provider.SyncCursor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Changes to a store and the cursor that is true with them. To be applied in the order of the components: mailboxes saved,
 * emails relocated, created, updated, destroyed, parked, mailboxes gone.
 *
 * @param mailboxesSaved mailboxes to add or replace
 * @param relocated known emails that have another id and other mailboxes
 * @param created emails to add, or to replace where the id is known; each ends its parking
 * @param updated known emails with other mailboxes and keywords; unknown ids are ignored
 * @param destroyed emails to drop, parked ones too; unknown ids are ignored
 * @param parked emails that could not be read
 * @param mailboxesGone mailboxes to drop
 * @param cursor the next cursor
 * @param mode how the changes were found: RECOVERED ones had been missed by a gap
 * @param firstSeen those of {@code created} that are new mail: they arrived since the last run, while old mail that comes into view (by a
 *     first run, a gap, a mailbox that was shared or moved here) did not
 */
public record SyncBatch(
        List<Mailbox> mailboxesSaved,
        List<Relocated> relocated,
        List<Email> created,
        List<Updated> updated,
        List<EmailId> destroyed,
        List<ParkedEmail> parked,
        List<MailboxId> mailboxesGone,
        SyncCursor cursor,
        Mode mode,
        Set<EmailId> firstSeen) {
    public SyncBatch {
        mailboxesSaved = List.copyOf(mailboxesSaved);
        relocated = List.copyOf(relocated);
        created = List.copyOf(created);
        updated = List.copyOf(updated);
        destroyed = List.copyOf(destroyed);
        parked = List.copyOf(parked);
        mailboxesGone = List.copyOf(mailboxesGone);
        firstSeen = Set.copyOf(firstSeen);
    }

    /** Starts an empty batch that leads to a cursor. */
    public static Builder to(SyncCursor cursor) {
        return new Builder(cursor);
    }

    /** Collects a batch. Not thread-safe. */
    public static final class Builder {
        private final SyncCursor cursor;
        private final List<Mailbox> mailboxesSaved = new ArrayList<>();
        private final List<Relocated> relocated = new ArrayList<>();
        private final List<Email> created = new ArrayList<>();
        private final List<Updated> updated = new ArrayList<>();
        private final List<EmailId> destroyed = new ArrayList<>();
        private final List<ParkedEmail> parked = new ArrayList<>();
        private final List<MailboxId> mailboxesGone = new ArrayList<>();
        private final Set<EmailId> firstSeen = new HashSet<>();
        private Mode mode = Mode.INCREMENTAL;

        private Builder(SyncCursor cursor) {
            this.cursor = cursor;
        }

        public Builder save(Mailbox mailbox) {
            mailboxesSaved.add(mailbox);
            return this;
        }

        public Builder relocate(Relocated change) {
            relocated.add(change);
            return this;
        }

        public Builder mode(Mode mode) {
            this.mode = mode;
            return this;
        }

        /** Says that an email is new mail. */
        public Builder firstSeen(EmailId id) {
            firstSeen.add(id);
            return this;
        }

        public Builder create(Email email) {
            created.add(email);
            return this;
        }

        public Builder update(Updated change) {
            updated.add(change);
            return this;
        }

        public Builder destroy(EmailId id) {
            destroyed.add(id);
            return this;
        }

        public Builder park(ParkedEmail email) {
            parked.add(email);
            return this;
        }

        public Builder drop(MailboxId mailbox) {
            mailboxesGone.add(mailbox);
            return this;
        }

        public SyncBatch build() {
            return new SyncBatch(
                    mailboxesSaved,
                    relocated,
                    created,
                    updated,
                    destroyed,
                    parked,
                    mailboxesGone,
                    cursor,
                    mode,
                    firstSeen);
        }
    }
}
