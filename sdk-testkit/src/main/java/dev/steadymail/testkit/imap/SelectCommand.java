package dev.steadymail.testkit.imap;

import java.util.List;
import java.util.TreeSet;

/** SELECT and EXAMINE, RFC 3501 sections 6.3.1 and 6.3.2, with the parameters of RFC 7162. */
final class SelectCommand implements Command {

    private final boolean readOnly;

    SelectCommand(boolean readOnly) {
        this.readOnly = readOnly;
    }

    @Override
    public Completion run(ImapSession session, CommandReader args) {
        args.space();
        String name = args.mailbox();
        SelectParameters parameters = SelectParameters.read(session, args);
        args.end();
        // The old mailbox is left even if the new one cannot be opened.
        leave(session);
        if (parameters.condstore()) {
            session.enableCondstore();
        }
        AccountStore store = session.store();
        SelectedMailbox selected = store.call(() -> {
            SelectedMailbox opened = new SelectedMailbox(store.require(name, "NONEXISTENT"), readOnly);
            describe(session, opened);
            Resynchronisation.tell(session.writer(), opened, parameters.known());
            return opened;
        });
        session.select(selected);
        return Completion.ok(readOnly ? "READ-ONLY" : "READ-WRITE", "mailbox selected");
    }

    /** The code parts responses of the old mailbox from those of the new one (RFC 7162 section 3.2.11). */
    private static void leave(ImapSession session) {
        if (session.selectedOrNull() == null) {
            return;
        }
        session.deselect();
        if (session.offers(ImapCapability.QRESYNC)) {
            session.writer().untagged("OK [CLOSED] the mailbox selected before is closed");
        }
    }

    private static void describe(ImapSession session, SelectedMailbox selected) {
        ServerMailbox mailbox = selected.mailbox();
        ResponseWriter writer = session.writer();
        List<String> flags = flags(mailbox);
        writer.untagged("FLAGS " + FlagNames.list(flags));
        writer.untagged("OK [PERMANENTFLAGS " + permanentFlags(selected, flags) + "] flags that last");
        writer.untagged(selected.size() + " EXISTS");
        writer.untagged("0 RECENT");
        firstUnseen(selected, writer);
        writer.untagged("OK [UIDVALIDITY " + mailbox.uidValidity() + "] UIDs are valid");
        writer.untagged("OK [UIDNEXT " + mailbox.uidNext() + "] next UID");
        if (session.offers(ImapCapability.OBJECTID)) {
            writer.untagged("OK [MAILBOXID (" + mailbox.mailboxId() + ")] id of the mailbox");
        }
        if (session.offers(ImapCapability.CONDSTORE)) {
            writer.untagged("OK [HIGHESTMODSEQ " + mailbox.highestModSeq() + "] highest");
        } else {
            writer.untagged("OK [NOMODSEQ] no modification sequences here");
        }
    }

    private static List<String> flags(ServerMailbox mailbox) {
        TreeSet<String> flags = new TreeSet<>(mailbox.keywords());
        flags.addAll(FlagNames.SYSTEM);
        return List.copyOf(flags);
    }

    private static String permanentFlags(SelectedMailbox selected, List<String> flags) {
        return selected.isReadOnly() ? "()" : "(" + String.join(" ", flags) + " \\*)";
    }

    private static void firstUnseen(SelectedMailbox selected, ResponseWriter writer) {
        for (SelectedMailbox.Numbered each : selected.existing()) {
            if (!each.message().has(FlagNames.SEEN)) {
                writer.untagged("OK [UNSEEN " + each.sequence() + "] first unseen");
                return;
            }
        }
    }
}
