package dev.steadymail.testkit.imap;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells a client what changed in a mailbox since it last saw it (RFC 7162 section 3.2.5.1). */
final class Resynchronisation {

    private Resynchronisation() {}

    /** Says nothing if the UIDs that the client remembers mean nothing any more; the caller holds the lock. */
    static void tell(ResponseWriter writer, SelectedMailbox selected, SelectParameters.@Nullable Known known) {
        ServerMailbox mailbox = selected.mailbox();
        if (known == null || known.uidValidity() != mailbox.uidValidity()) {
            return;
        }
        tellVanished(writer, mailbox.vanishedSince(known.modSeq(), known.uids(), known.match()));
        long last = mailbox.uidNext() - 1;
        for (SelectedMailbox.Numbered each : selected.existing()) {
            ServerMessage message = each.message();
            if (message.modSeq() > known.modSeq() && known.uids().contains(message.uid(), last)) {
                writer.send(SelectedMailbox.flags(each, true, true));
            }
        }
    }

    static void tellVanished(ResponseWriter writer, List<Long> uids) {
        if (!uids.isEmpty()) {
            writer.untagged("VANISHED (EARLIER) " + NumberSet.compact(uids));
        }
    }
}
