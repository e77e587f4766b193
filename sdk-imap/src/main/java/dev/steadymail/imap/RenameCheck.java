package dev.steadymail.imap;

import dev.steadymail.imap.codec.UidSet;
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
        MailboxStatus status = fresh.status();
        return status != null
                && fresh.selectable()
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
        UidFetch unused = new UidFetch(connection)
                .run(UidSet.of(sample.keySet()), "(UID RFC822.SIZE INTERNALDATE)", response -> {
                    KnownEmail email = sample.get(FetchItems.uid(response));
                    if (email != null && FetchItems.size(response) >= 0) {
                        boolean same = email.size() == FetchItems.size(response)
                                && Renumbering.seconds(email.receivedAt())
                                        == Renumbering.seconds(FetchItems.receivedAt(response));
                        verdicts[same ? 1 : 0]++;
                    }
                });
        return verdicts[1] > 0 && verdicts[0] == 0;
    }
}
