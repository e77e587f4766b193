package dev.steadymail.testkit.gmail;

import java.time.Instant;
import java.util.List;

/**
 * A message of a {@link GmailMailbox} as it was at one moment. Immutable.
 *
 * @param id the message's id, 16 hexadecimal digits
 * @param threadId the id of its thread
 * @param labelIds its label ids, in the order they were given
 * @param internalDate when it was received, to the millisecond
 * @param historyId the id of its last change, to be read as unsigned
 * @param raw its exact bytes
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out
public record GmailMessage(
        String id, String threadId, List<String> labelIds, Instant internalDate, long historyId, byte[] raw) {
    /** Copies what could change. */
    public GmailMessage {
        labelIds = List.copyOf(labelIds);
        raw = raw.clone();
    }

    /** Returns a copy of the exact bytes. */
    @Override
    public byte[] raw() {
        return raw.clone();
    }

    /** Returns the ids and the size; never content. */
    @Override
    public String toString() {
        return "GmailMessage[id=" + id + ", threadId=" + threadId + ", labelIds=" + labelIds.size() + ", bytes="
                + raw.length + "]";
    }
}
