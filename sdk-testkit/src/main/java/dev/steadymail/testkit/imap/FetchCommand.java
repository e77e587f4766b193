package dev.steadymail.testkit.imap;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** FETCH and UID FETCH, RFC 3501 section 6.4.5, with the modifiers of RFC 7162. */
final class FetchCommand implements Command {

    private final Numbering numbering;

    FetchCommand(Numbering numbering) {
        this.numbering = numbering;
    }

    @Override
    public Completion run(ImapSession session, CommandReader args) throws IOException {
        args.space();
        NumberSet messages = args.numberSet();
        args.space();
        List<FetchItem> items = new ArrayList<>(FetchItems.read(session, args));
        FetchModifiers modifiers = FetchModifiers.read(session, args, numbering);
        args.end();
        addImplied(items, modifiers.hasChangedSince());
        SelectedMailbox selected = session.selected();
        if (modifiers.vanished()) {
            session.store().call(() -> {
                tellVanished(session, messages, modifiers.changedSince());
                return true;
            });
        }
        boolean missing = session.store().call(() -> selected.hasUnreportedExpunge(messages));
        boolean content = items.stream().anyMatch(FetchItem::isContent);
        boolean unreadable = false;
        for (SelectedMailbox.Numbered target : session.store().call(() -> selected.resolve(messages, numbering))) {
            if (content
                    && !session.store().call(() -> target.message().content().isReadable())) {
                unreadable = true;
                continue;
            }
            respond(session, target, items, modifiers.changedSince());
            session.writer().flushIfLarge();
        }
        if (unreadable) {
            return Completion.no("", "the content of some messages cannot be fetched");
        }
        // The client still counts messages that are gone (RFC 2180 section 4.1.3).
        return missing && numbering == Numbering.SEQUENCE
                ? Completion.no("EXPUNGEISSUED", "some of the messages no longer exist")
                : Completion.ok("FETCH done");
    }

    /**
     * VANISHED (EARLIER) goes before the FETCH responses (RFC 7162 section 3.2.6). Messages that the client still counts are left to the
     * VANISHED without EARLIER that follows, as only that one changes sequence numbers (RFC 7162 section 3.2.10).
     */
    private static void tellVanished(ImapSession session, NumberSet uids, long since) {
        SelectedMailbox selected = session.selected();
        List<Long> vanished = new ArrayList<>(selected.mailbox().vanishedSince(since, uids, SequenceMatch.NONE));
        vanished.removeAll(new HashSet<>(selected.unreportedExpunges()));
        Resynchronisation.tellVanished(session.writer(), vanished);
    }

    private void addImplied(List<FetchItem> items, boolean modified) {
        if (numbering == Numbering.UID && !items.contains(FetchItem.UID)) {
            items.add(0, FetchItem.UID);
        }
        if (modified && !items.contains(FetchItem.MODSEQ)) {
            items.add(FetchItem.MODSEQ);
        }
    }

    private static void respond(
            ImapSession session, SelectedMailbox.Numbered target, List<FetchItem> items, long changedSince) {
        SelectedMailbox selected = session.selected();
        boolean seen = !selected.isReadOnly() && items.stream().anyMatch(FetchItem::marksSeen);
        if (seen && !session.store().call(() -> target.message().has(FlagNames.SEEN))) {
            session.store().run(() -> markSeen(selected, target.message()));
        }
        session.store().call(() -> {
            if (!target.message().isExpunged() && target.message().modSeq() > changedSince) {
                session.writer().send(line(target, withImplicit(session, target, items)));
            }
            return true;
        });
    }

    private static void markSeen(SelectedMailbox selected, ServerMessage message) {
        var flags = FlagNames.set(message.flags());
        flags.add(FlagNames.SEEN);
        selected.mailbox().changeFlags(message, flags);
    }

    /** Flags that changed by this very command are told in the same response, with MODSEQ as ever (RFC 7162 sections 3.1 and 3.2.4). */
    private static List<FetchItem> withImplicit(
            ImapSession session, SelectedMailbox.Numbered target, List<FetchItem> items) {
        if (!target.entry().hasNews() || items.stream().noneMatch(FetchItem::marksSeen)) {
            return items;
        }
        List<FetchItem> all = new ArrayList<>(items);
        all.add(FetchItem.FLAGS);
        if (session.tracking().tellsModSeq()) {
            all.addAll(List.of(FetchItem.UID, FetchItem.MODSEQ));
        }
        return all;
    }

    static ResponseLine line(SelectedMailbox.Numbered target, List<FetchItem> all) {
        ResponseLine line = ResponseLine.untagged(target.sequence() + " FETCH (");
        String separator = "";
        for (FetchItem item : all.stream().distinct().toList()) {
            line.text(separator).text(item.name()).text(" ");
            item.value().write(target.message(), line);
            separator = " ";
        }
        if (all.contains(FetchItem.FLAGS)) {
            target.entry().markReported();
        }
        return line.text(")");
    }
}
