package dev.steadymail.imap;

import dev.steadymail.imap.command.ListedMailbox;
import dev.steadymail.imap.command.MailboxCounters;
import dev.steadymail.imap.command.SelectedMailbox;

/**
 * Tells whether a mailbox that is new is one that is gone, under another name: RENAME keeps UIDVALIDITY and UIDs on most servers,
 * but equal numbers alone may be chance, so a sample of emails must agree in size and time of arrival.
 */
final class RenameCheck {
    private static final int SAMPLE = 100;

    private RenameCheck() {}

    /** Returns whether the counters allow it. */
    static boolean isPossible(MailboxState gone, ListedMailbox fresh) {
        MailboxCounters status = fresh.counters();
        return status != null
                && fresh.isSelectable()
                && gone.uidValidity() > 0
                && status.uidValidity() == gone.uidValidity()
                && status.uidNext() >= gone.uidNext();
    }

    /** Returns whether the sample agrees; emails that are gone meanwhile do not speak against it. */
    static boolean holds(ImapConnection connection, ListedMailbox fresh, EmailTable known) {
        UidBuffer sample = new UidBuffer();
        for (int row = Math.max(0, known.rows() - SAMPLE); row < known.rows(); row++) {
            sample.add(known.uid(row));
        }
        SelectedMailbox ignored = connection.examine(fresh.name());
        int[] verdicts = new int[2];
        TolerantFetch unused = new TolerantFetch(connection)
                .run(sample.toSet(), "UID RFC822.SIZE INTERNALDATE", response -> {
                    int row = known.find(response.uid());
                    if (row >= 0 && response.size() >= 0) {
                        long arrived = FetchItems.receivedAt(response.data()).getEpochSecond();
                        boolean same = known.size(row) == response.size() && known.seconds(row) == arrived;
                        verdicts[same ? 1 : 0]++;
                    }
                });
        return verdicts[1] > 0 && verdicts[0] == 0;
    }
}
