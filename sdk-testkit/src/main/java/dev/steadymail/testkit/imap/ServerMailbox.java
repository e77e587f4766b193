package dev.steadymail.testkit.imap;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A mailbox and its messages in order of UID. Guarded by the lock of its {@link AccountStore}. */
final class ServerMailbox {

    static final String INBOX = "INBOX";
    static final char DELIMITER = '/';

    private final long uidValidity;
    private final ObjectIds ids;
    private final TreeMap<Long, ServerMessage> messages = new TreeMap<>();
    private final NavigableSet<String> keywords = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final ExpungeLog expunged = new ExpungeLog();
    private String name;
    private @Nullable SpecialUse specialUse;
    private long uidNext = 1;
    private long highestModSeq = 1;
    private boolean gone;

    ServerMailbox(String name, long uidValidity, ObjectIds ids, @Nullable SpecialUse specialUse) {
        this.name = name;
        this.uidValidity = uidValidity;
        this.ids = ids;
        this.specialUse = specialUse;
    }

    /** Returns the name as mailboxes are filed: INBOX has no case (RFC 3501 section 5.1). */
    static String canonicalName(String name) {
        boolean inbox = name.toUpperCase(Locale.ROOT).equals(INBOX);
        return inbox ? INBOX : name;
    }

    String name() {
        return name;
    }

    void name(String newName) {
        name = newName;
    }

    long uidValidity() {
        return uidValidity;
    }

    /** Returns MAILBOXID, which stays when the name changes and not when the UIDs lose their meaning (RFC 8474 section 4). */
    String mailboxId() {
        return "F" + uidValidity;
    }

    long uidNext() {
        return uidNext;
    }

    long highestModSeq() {
        return highestModSeq;
    }

    @Nullable
    SpecialUse specialUse() {
        return specialUse;
    }

    void specialUse(@Nullable SpecialUse newUse) {
        specialUse = newUse;
    }

    /** Tells whether the mailbox was deleted or made anew; sessions that have it selected must end. */
    boolean isGone() {
        return gone;
    }

    void markGone() {
        gone = true;
    }

    Collection<ServerMessage> messages() {
        return messages.values();
    }

    SortedMap<Long, ServerMessage> messagesAfter(long uid) {
        return messages.tailMap(uid, false);
    }

    @Nullable
    ServerMessage message(long uid) {
        return messages.get(uid);
    }

    /** Returns all keywords ever used here, besides the system flags. */
    NavigableSet<String> keywords() {
        return keywords;
    }

    ServerMessage append(byte[] bytes, Collection<String> flags, OffsetDateTime internalDate) {
        return append(ids.newEmail(bytes), flags, internalDate);
    }

    /** Adds a message that is the same email as another (RFC 8474 section 5.1). */
    ServerMessage appendCopyOf(ServerMessage original) {
        return append(original.content(), original.flags(), original.internalDate());
    }

    private ServerMessage append(MessageContent content, Collection<String> flags, OffsetDateTime internalDate) {
        ServerMessage message = new ServerMessage(uidNext, content, flags, internalDate, ++highestModSeq);
        remember(message.flags());
        messages.put(uidNext++, message);
        return message;
    }

    /** Sets the flags of a message; nothing changes, not even its modification sequence, if it has them already. */
    void changeFlags(ServerMessage message, NavigableSet<String> flags) {
        if (!message.flags().equals(flags)) {
            message.changeFlags(flags, ++highestModSeq);
            remember(flags);
        }
    }

    void expunge(Collection<ServerMessage> doomed) {
        for (ServerMessage message : doomed) {
            if (messages.remove(message.uid()) != null) {
                message.markExpunged();
                expunged.add(++highestModSeq, message.uid());
            }
        }
    }

    /** Goes on from another mod-sequence; what was noted of changes before is lost. */
    void restateModSeq(long modSeq) {
        highestModSeq = modSeq;
        messages.values().forEach(message -> message.capModSeq(modSeq));
        forgetExpunges();
    }

    /** Makes the mailbox forget what was expunged up to now, as servers may. */
    void forgetExpunges() {
        expunged.forgetUpTo(highestModSeq);
    }

    /**
     * Returns the UIDs expunged since, ascending. If that is forgotten, it is every UID that is not in use, also if it never was, except
     * those the client proved to know (RFC 7162 sections 3.2.5.1 and 3.2.5.2). The largest number is that of the last UID given.
     */
    List<Long> vanishedSince(long modSeq, NumberSet uids, SequenceMatch match) {
        long last = uidNext - 1;
        if (expunged.remembersSince(modSeq)) {
            return expunged.since(modSeq).stream()
                    .filter(uid -> uids.contains(uid, last))
                    .sorted()
                    .toList();
        }
        long known = match.lastFittingUid(List.copyOf(messages.keySet()));
        return LongStream.rangeClosed(known + 1, last)
                .filter(uid -> !messages.containsKey(uid) && uids.contains(uid, last))
                .boxed()
                .toList();
    }

    /** Takes all messages over from a mailbox, which is empty then; they get UIDs of this one. */
    void takeAllFrom(ServerMailbox other) {
        List<ServerMessage> moved = List.copyOf(other.messages());
        moved.forEach(this::appendCopyOf);
        other.expunge(moved);
    }

    private void remember(Collection<String> flags) {
        flags.stream().filter(flag -> !FlagNames.SYSTEM.contains(flag)).forEach(keywords::add);
    }
}
