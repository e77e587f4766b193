package dev.steadymail.testkit.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** EXPUNGE (RFC 3501 section 6.4.3) and UID EXPUNGE (RFC 4315 section 2.1); the report of changes sends the responses. */
final class ExpungeCommand implements Command {

    private final Numbering numbering;

    ExpungeCommand(Numbering numbering) {
        this.numbering = numbering;
    }

    @Override
    public Completion run(ImapSession session, CommandReader args) {
        SelectedMailbox selected = session.selected();
        Predicate<SelectedMailbox.Numbered> concerned = each -> true;
        if (numbering == Numbering.UID) {
            args.space();
            NumberSet uids = args.numberSet();
            concerned = each -> uids.contains(each.message().uid(), selected.largest(Numbering.UID));
        }
        args.end();
        selected.requireWritable();
        Predicate<SelectedMailbox.Numbered> chosen = concerned;
        List<Long> highest = new ArrayList<>();
        session.store().run(() -> {
            if (expunge(selected, chosen)) {
                highest.add(selected.mailbox().highestModSeq());
            }
        });
        // Only a client of QRESYNC knows what the new state means (RFC 7162 sections 3.2.7 and 3.2.9).
        return !highest.isEmpty() && session.tracking().tellsVanished()
                ? Completion.ok("HIGHESTMODSEQ " + highest.get(0), "EXPUNGE done")
                : Completion.ok("EXPUNGE done");
    }

    /** Removes the messages marked deleted that the client knows of, and tells whether there were any. */
    static boolean expunge(SelectedMailbox selected, Predicate<SelectedMailbox.Numbered> concerned) {
        List<ServerMessage> doomed = selected.existing().stream()
                .filter(each -> each.message().has(FlagNames.DELETED) && concerned.test(each))
                .map(SelectedMailbox.Numbered::message)
                .toList();
        selected.mailbox().expunge(doomed);
        return !doomed.isEmpty();
    }
}
