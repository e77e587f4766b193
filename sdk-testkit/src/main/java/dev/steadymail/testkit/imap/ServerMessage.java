package dev.steadymail.testkit.imap;

import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;

/** A message in a mailbox: bytes that never change, and flags that do. Guarded by the lock of its {@link AccountStore}. */
final class ServerMessage {

    private final long uid;
    private final byte[] bytes;
    private final OffsetDateTime internalDate;
    private NavigableSet<String> flags;
    private long modSeq;
    private boolean expunged;
    private @Nullable MimePart structure;

    ServerMessage(long uid, byte[] bytes, Collection<String> flags, OffsetDateTime internalDate, long modSeq) {
        this.uid = uid;
        this.bytes = bytes;
        this.flags = FlagNames.set(flags);
        this.internalDate = internalDate;
        this.modSeq = modSeq;
    }

    long uid() {
        return uid;
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return bytes.length;
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

    void markExpunged() {
        expunged = true;
    }

    /** Returns the MIME structure, read on first use. */
    MimePart structure() {
        MimePart known = structure;
        if (known == null) {
            known = MimeReader.read(bytes);
            structure = known;
        }
        return known;
    }
}
