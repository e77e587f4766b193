package dev.steadymail.imap.decode;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.steadymail.imap.codec.EnvelopeData;
import dev.steadymail.imap.codec.FetchData;
import dev.steadymail.imap.codec.StructureData;
import java.lang.management.ManagementFactory;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Decoding runs once for every message of a mailbox, so what it allocates counts. */
class AllocationTest {
    private static final int MESSAGES = 2_000;
    private static final int MOST_OCTETS = 4_000;

    @Test
    void ordinaryMessage_takesLittleMemory() {
        FetchData data = Read.fetch(
                "FLAGS (\\Seen $Forwarded) ENVELOPE (\"Tue, 1 Jul 2025 10:52:37 +0200\" \"Minutes of the meeting\""
                        + " ((\"Ann Author\" NIL \"ann\" \"example.org\")) ((\"Ann Author\" NIL \"ann\" \"example.org\"))"
                        + " ((\"Ann Author\" NIL \"ann\" \"example.org\")) ((NIL NIL \"bob\" \"example.org\")(\"Cy\" NIL \"cy\" \"example.org\"))"
                        + " NIL NIL \"<first@example.org>\" \"<second@example.org>\") BODYSTRUCTURE"
                        + " ((\"text\" \"plain\" (\"charset\" \"utf-8\") NIL NIL \"quoted-printable\" 900 30 NIL NIL NIL)"
                        + "(\"application\" \"pdf\" (\"name\" \"a.pdf\") NIL NIL \"base64\" 90000 NIL (\"attachment\" (\"filename\" \"a.pdf\")) NIL)"
                        + " \"mixed\" (\"boundary\" \"x\") NIL NIL)");
        EnvelopeData envelope = Objects.requireNonNull(data.envelope());
        StructureData structure = Objects.requireNonNull(data.structure());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        int parts = decode(envelope, structure, data);
        long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < MESSAGES; i++) {
            parts += decode(envelope, structure, data);
        }
        long octets = (threads.getThreadAllocatedBytes(thread) - before) / MESSAGES;
        assertTrue(parts == 2 * MESSAGES + 2 && octets < MOST_OCTETS, octets + " octets a message");
    }

    private static int decode(EnvelopeData envelope, StructureData structure, FetchData data) {
        boolean decoded = !EnvelopeDecoder.decode(envelope).subject().isEmpty()
                && KeywordNames.keywords(Objects.requireNonNull(data.flags())).size() == 2;
        return decoded ? StructureDecoder.decode(structure).parts().size() : 0;
    }
}
