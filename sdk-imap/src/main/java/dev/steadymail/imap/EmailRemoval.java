package dev.steadymail.imap;

import dev.steadymail.imap.codec.UidSet;
import dev.steadymail.imap.command.UidExpunge;
import dev.steadymail.imap.command.UidStore;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.Call;
import java.util.List;

/** Removes emails for good by {@code \Deleted} and UID EXPUNGE (RFC 4315), which leaves alone what others marked. */
final class EmailRemoval {
    private final ImapCalls calls;

    EmailRemoval(ImapCalls calls) {
        this.calls = calls;
    }

    void destroy(List<EmailId> ids, Call call) {
        ImapEmailId.byPlace(ids).forEach((place, uids) -> {
            Boolean unused = calls.read("UID EXPUNGE", place.mailbox(), call, connection -> {
                requireUidPlus(connection);
                if (connection.select(place.mailbox()).uidValidity() == place.uidValidity()) {
                    remove(connection, UidSet.of(uids));
                }
                return true;
            });
        });
    }

    /** Marks UIDs of the mailbox that is open and, where only these can be expunged, expunges them. */
    static void remove(ImapConnection connection, UidSet uids) {
        for (String line : connection.lines(uids)) {
            UidSet unused = connection.run(UidStore.add(line, List.of("\\Deleted")));
        }
        if (connection.can("UIDPLUS")) {
            for (String line : connection.lines(uids)) {
                var unused = connection.run(new UidExpunge(line));
            }
        }
    }

    private static void requireUidPlus(ImapConnection connection) {
        if (!connection.can("UIDPLUS")) {
            throw MailException.of(
                    Kind.UNSUPPORTED,
                    "this server lacks UIDPLUS, so an email cannot be removed without others; mark it $deleted instead");
        }
    }
}
