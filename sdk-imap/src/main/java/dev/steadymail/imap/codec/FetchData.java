package dev.steadymail.imap.codec;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one FETCH response tells of a message: only what was asked, and what the server adds. Immutable. Holds content, which stays out
 * of {@code toString}.
 *
 * @param message sequence number, and UID where the server told it
 * @param flags null where they were not sent; empty where there are none
 * @param internalDate null where it was not sent or cannot be read
 * @param size RFC822.SIZE, -1 where it was not sent
 * @param modSeq 0 where it was not sent
 * @param envelope null where it was not sent
 * @param structure BODYSTRUCTURE or BODY, null where it was not sent
 * @param labels X-GM-LABELS, null where they were not sent
 * @param items further items with one value, as text by upper-case name: EMAILID, THREADID, X-GM-MSGID, X-GM-THRID, PREVIEW, SAVEDATE
 * @param sections the content that was sent, by upper-case name: short strings as they are, literals as their size
 */
public record FetchData(
        MessageRef message,
        @Nullable List<String> flags,
        @Nullable Instant internalDate,
        long size,
        long modSeq,
        @Nullable EnvelopeData envelope,
        @Nullable StructureData structure,
        @Nullable List<String> labels,
        Map<String, String> items,
        Map<String, SectionData> sections) {

    /**
     * Content of a section.
     *
     * @param text what was sent as a string, a character for each octet; null where it was NIL or a literal that was streamed
     * @param size octets of the literal that was streamed, -1 where there was none
     */
    public record SectionData(@Nullable String text, long size) {
        @Override
        public String toString() {
            return "SectionData[" + size + "]";
        }
    }

    @Override
    public String toString() {
        return "FetchData[" + message + "]";
    }
}
