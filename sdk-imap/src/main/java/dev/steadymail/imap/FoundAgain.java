package dev.steadymail.imap;

import dev.steadymail.imap.ImapEmailId.Place;
import dev.steadymail.imap.codec.UidSet;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Change;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Known emails that were found under other ids.
 *
 * @param from where they were known
 * @param known as which
 * @param to where they are
 * @param told as which
 * @param pairs for each row of {@code known} the row of {@code told}, or {@link RowIndex#NONE}; not to be changed
 */
record FoundAgain(Place from, EmailTable known, Place to, EmailTable told, Pairs pairs) {
    static FoundAgain among(Place from, EmailTable known, Place to, EmailTable told) {
        return new FoundAgain(from, known, to, told, new Pairs(SameEmails.match(known, told)));
    }

    /** Returns what was not found. */
    EmailTable lost() {
        return known.only(row -> pairs.of(row) == RowIndex.NONE);
    }

    /** Returns what was told and is none of what was known. */
    EmailTable others() {
        UidSet found = toldUids();
        return told.only(row -> !found.contains(told.uid(row)));
    }

    /** Returns the UIDs under which known emails are found now. */
    UidSet toldUids() {
        UidBuffer found = new UidBuffer();
        for (int row = 0; row < known.rows(); row++) {
            if (pairs.of(row) != RowIndex.NONE) {
                found.add(told.uid(pairs.of(row)));
            }
        }
        return found.toSet();
    }

    /** Tells what became of one known email, where it was found. */
    void tell(int row, Consumer<Change> each) {
        int found = pairs.of(row);
        if (found == RowIndex.NONE) {
            return;
        }
        EmailId id = to.id(told.uid(found));
        Set<MailboxId> mailboxes = Set.of(new MailboxId(to.mailbox()));
        each.accept(new Change.Relocated(from.id(known.uid(row)), id, mailboxes));
        Set<Keyword> keywords = told.keywords(found);
        if (!keywords.equals(known.keywords(row))) {
            each.accept(new Change.Updated(id, mailboxes, keywords));
        }
    }

    /** Rows by rows. */
    static final class Pairs {
        private final int[] toldOfKnown;

        private Pairs(int[] toldOfKnown) {
            this.toldOfKnown = toldOfKnown;
        }

        int of(int row) {
            return toldOfKnown[row];
        }
    }
}
