package dev.steadymail.imap;

import dev.steadymail.imap.codec.UidSet;
import dev.steadymail.imap.command.ListedMailbox;
import dev.steadymail.imap.command.MailboxCounters;
import dev.steadymail.imap.command.SelectedMailbox;
import dev.steadymail.provider.KnownEmail;
import java.util.Map;
import java.util.stream.Collectors;

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
    static boolean holds(ImapConnection connection, ListedMailbox fresh, Map<Long, KnownEmail> known) {
        Map<Long, KnownEmail> sample = known.entrySet().stream()
                .sorted(Map.Entry.<Long, KnownEmail>comparingByKey().reversed())
                .limit(SAMPLE)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        SelectedMailbox ignored = connection.examine(fresh.name());
        int[] verdicts = new int[2];
        TolerantFetch unused = new TolerantFetch(connection)
                .run(UidSet.of(sample.keySet()), "UID RFC822.SIZE INTERNALDATE", response -> {
                    KnownEmail email = sample.get(response.uid());
                    if (email != null && response.size() >= 0) {
                        boolean same = email.size() == response.size()
                                && Renumbering.seconds(email.receivedAt())
                                        == Renumbering.seconds(FetchItems.receivedAt(response.data()));
                        verdicts[same ? 1 : 0]++;
                    }
                });
        return verdicts[1] > 0 && verdicts[0] == 0;
    }
}
