package dev.steadymail.testkit.imap;

import java.util.ArrayList;
import java.util.List;

/**
 * The selected mailbox as one session knows it: sequence numbers count the messages the client was told of, whatever happened to the mailbox
 * since (RFC 3501 sections 5.5 and 7.4.1). Guarded by the lock of the {@link AccountStore}.
 */
final class SelectedMailbox {

    private final ServerMailbox mailbox;
    private final boolean readOnly;
    private final List<Entry> entries = new ArrayList<>();
    private long lastKnownUid;

    SelectedMailbox(ServerMailbox mailbox, boolean readOnly) {
        this.mailbox = mailbox;
        this.readOnly = readOnly;
        addNewMessages();
    }

    /** A message the client knows of, with the modification sequence up to which it knows the flags. */
    static final class Entry {
        private final ServerMessage message;
        private long reportedModSeq;

        Entry(ServerMessage message) {
            this.message = message;
            this.reportedModSeq = message.modSeq();
        }

        ServerMessage message() {
            return message;
        }

        void markReported() {
            reportedModSeq = message.modSeq();
        }

        boolean hasNews() {
            return !message.isExpunged() && message.modSeq() > reportedModSeq;
        }
    }

    /** An entry with its sequence number at this moment. */
    record Numbered(int sequence, Entry entry) {
        ServerMessage message() {
            return entry.message();
        }

        long number(Numbering numbering) {
            return numbering == Numbering.UID ? message().uid() : sequence;
        }
    }

    ServerMailbox mailbox() {
        return mailbox;
    }

    boolean isReadOnly() {
        return readOnly;
    }

    void requireWritable() {
        if (readOnly) {
            throw new CommandRefusedException("READ-ONLY", "the mailbox was opened with EXAMINE");
        }
    }

    int size() {
        return entries.size();
    }

    /** Returns all messages that still exist. */
    List<Numbered> existing() {
        List<Numbered> existing = new ArrayList<>();
        for (int index = 0; index < entries.size(); index++) {
            if (!entries.get(index).message().isExpunged()) {
                existing.add(new Numbered(index + 1, entries.get(index)));
            }
        }
        return existing;
    }

    /** Returns the messages of a set that still exist; unknown UIDs are passed over, unknown sequence numbers are an error. */
    List<Numbered> resolve(NumberSet set, Numbering numbering) {
        long largest = largest(numbering);
        if (numbering == Numbering.SEQUENCE && (largest == 0 || set.highest(largest) > largest)) {
            throw new CommandSyntaxException("a sequence number is beyond the mailbox, which has " + largest);
        }
        return existing().stream()
                .filter(each -> set.contains(each.number(numbering), largest))
                .toList();
    }

    /** Tells whether a set names messages that are expunged although the client was not told yet. */
    boolean hasUnreportedExpunge(NumberSet set) {
        for (int index = 0; index < entries.size(); index++) {
            if (entries.get(index).message().isExpunged() && set.contains(index + 1L, entries.size())) {
                return true;
            }
        }
        return false;
    }

    /** Returns the number that {@code *} stands for, 0 in an empty mailbox. */
    long largest(Numbering numbering) {
        if (numbering == Numbering.SEQUENCE || entries.isEmpty()) {
            return entries.size();
        }
        return entries.get(entries.size() - 1).message().uid();
    }

    /**
     * Tells the client what it does not know yet.
     *
     * @param mayExpunge whether sequence numbers may change now
     * @param tracking what the client understands
     * @param ofNew what to send of each new message, beyond that it came
     */
    void report(ResponseWriter writer, boolean mayExpunge, ChangeTracking tracking, List<FetchItem> ofNew) {
        if (mayExpunge) {
            reportGone(writer, tracking);
        }
        reportNew(writer, ofNew);
        reportFlags(writer, tracking);
    }

    /** Tells between commands what NOTIFY asked for; expunges may have to wait for a command (RFC 5465 sections 6.1 and 6.2). */
    void push(ResponseWriter writer, EventGroup wanted, ChangeTracking tracking) {
        boolean messages = wanted.events().contains(NotifyEvent.MESSAGE_NEW);
        if (messages && wanted.filter().kind() == MailboxFilter.Kind.SELECTED) {
            reportGone(writer, tracking);
        }
        if (messages) {
            reportNew(writer, wanted.ofNew());
        }
        if (wanted.events().contains(NotifyEvent.FLAG_CHANGE)) {
            reportFlags(writer, tracking);
        }
    }

    private void reportGone(ResponseWriter writer, ChangeTracking tracking) {
        if (tracking.tellsVanished()) {
            reportVanished(writer);
        } else {
            reportExpunged(writer);
        }
    }

    private void reportNew(ResponseWriter writer, List<FetchItem> ofNew) {
        int before = entries.size();
        if (!addNewMessages()) {
            return;
        }
        writer.untagged(entries.size() + " EXISTS");
        writer.untagged("0 RECENT");
        for (int index = before; index < entries.size() && !ofNew.isEmpty(); index++) {
            writer.send(FetchCommand.line(new Numbered(index + 1, entries.get(index)), ofNew));
        }
    }

    private void reportFlags(ResponseWriter writer, ChangeTracking tracking) {
        boolean modSeq = tracking.tellsModSeq();
        for (int index = 0; index < entries.size(); index++) {
            if (entries.get(index).hasNews()) {
                writer.send(flags(new Numbered(index + 1, entries.get(index)), modSeq, modSeq));
            }
        }
    }

    /** Highest first, so that the numbers still to be sent stay right. */
    private void reportExpunged(ResponseWriter writer) {
        for (int index = entries.size() - 1; index >= 0; index--) {
            if (entries.get(index).message().isExpunged()) {
                entries.remove(index);
                writer.untagged((index + 1) + " EXPUNGE");
            }
        }
    }

    /** One response for all of them (RFC 7162 section 3.2.10.2). */
    private void reportVanished(ResponseWriter writer) {
        List<Long> vanished = unreportedExpunges();
        if (!vanished.isEmpty()) {
            entries.removeIf(entry -> entry.message().isExpunged());
            writer.untagged("VANISHED " + NumberSet.compact(vanished));
        }
    }

    /** Returns the UIDs of messages that are expunged although the client still counts them. */
    List<Long> unreportedExpunges() {
        return entries.stream()
                .map(Entry::message)
                .filter(ServerMessage::isExpunged)
                .map(ServerMessage::uid)
                .toList();
    }

    private boolean addNewMessages() {
        int before = entries.size();
        for (ServerMessage message : mailbox.messagesAfter(lastKnownUid).values()) {
            entries.add(new Entry(message));
            lastKnownUid = message.uid();
        }
        return entries.size() > before;
    }

    /** Makes the FETCH response that tells the flags, and remembers that it was made. */
    static ResponseLine flags(Numbered target, boolean withUid, boolean withModSeq) {
        ServerMessage message = target.message();
        target.entry().markReported();
        ResponseLine line = ResponseLine.untagged(target.sequence() + " FETCH (");
        line.text(withUid ? "UID " + message.uid() + " " : "");
        line.text("FLAGS " + FlagNames.list(message.flags()));
        return line.text(withModSeq ? " MODSEQ (" + message.modSeq() + "))" : ")");
    }
}
