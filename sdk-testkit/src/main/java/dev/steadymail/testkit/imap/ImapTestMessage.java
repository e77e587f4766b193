package dev.steadymail.testkit.imap;

import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** A message as it was when a test asked for it. Immutable. */
public final class ImapTestMessage {

    private final long uid;
    private final byte[] bytes;
    private final SortedSet<String> flags;
    private final OffsetDateTime internalDate;
    private final long modSeq;
    private final boolean readable;

    ImapTestMessage(ServerMessage message) {
        uid = message.uid();
        bytes = message.bytes();
        flags = Collections.unmodifiableSortedSet(new TreeSet<>(message.flags()));
        internalDate = message.internalDate();
        modSeq = message.modSeq();
        readable = message.content().isReadable();
    }

    /** Returns the UID, unique together with the mailbox's UIDVALIDITY. */
    public long uid() {
        return uid;
    }

    /** Returns a copy of the exact bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Returns system flags such as {@code \Seen} and keywords. */
    public SortedSet<String> flags() {
        return flags;
    }

    /** Returns the INTERNALDATE. */
    public OffsetDateTime internalDate() {
        return internalDate;
    }

    /** Returns the modification sequence of the last change, RFC 7162. */
    public long modSeq() {
        return modSeq;
    }

    /** Returns whether its content can be fetched. */
    public boolean isReadable() {
        return readable;
    }

    /** Says nothing about the content. */
    @Override
    public String toString() {
        return "ImapTestMessage[uid=" + uid + ", size=" + bytes.length + "]";
    }
}
