package dev.steadymail.testkit.imap;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableSet;

/** A message in a mailbox: content that never changes, and flags that do. Guarded by the lock of its {@link AccountStore}. */
final class ServerMessage {

    private final long uid;
    private final MessageContent content;
    private final OffsetDateTime internalDate;
    private NavigableSet<String> flags;
    private long modSeq;
    private boolean expunged;

    ServerMessage(
            long uid, MessageContent content, Collection<String> flags, OffsetDateTime internalDate, long modSeq) {
        this.uid = uid;
        this.content = content;
        this.flags = FlagNames.set(flags);
        this.internalDate = internalDate;
        this.modSeq = modSeq;
    }

    long uid() {
        return uid;
    }

    /** Returns what this message shares with its copies. */
    MessageContent content() {
        return content;
    }

    byte[] bytes() {
        return content.bytes();
    }

    int size() {
        return content.bytes().length;
    }

    OffsetDateTime internalDate() {
        return internalDate;
    }

    NavigableSet<String> flags() {
        return Collections.unmodifiableNavigableSet(flags);
    }

    boolean has(String flag) {
        return flags.contains(flag);
    }

    /** Returns the modification sequence of the last change (RFC 7162 section 3). */
    long modSeq() {
        return modSeq;
    }

    boolean isExpunged() {
        return expunged;
    }

    void changeFlags(NavigableSet<String> newFlags, long newModSeq) {
        flags = newFlags;
        modSeq = newModSeq;
    }

    void capModSeq(long highest) {
        modSeq = Math.min(modSeq, highest);
    }

    void markExpunged() {
        expunged = true;
    }

    MimePart structure() {
        return content.structure();
    }
}
