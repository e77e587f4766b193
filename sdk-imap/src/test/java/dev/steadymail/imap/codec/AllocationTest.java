package dev.steadymail.imap.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Reading runs once for every message of a mailbox, so what it allocates counts. */
class AllocationTest {
    private static final int MESSAGES = 2_000;
    private static final int MOST_OCTETS = 3_000;
    private static final String ORDINARY =
            "* 1 FETCH (UID 4711 FLAGS (\\Seen $Forwarded) INTERNALDATE \"01-Jul-2025 08:52:40 +0000\" RFC822.SIZE 93412"
                    + " ENVELOPE (\"Tue, 1 Jul 2025 10:52:37 +0200\" \"Minutes of the meeting\""
                    + " ((\"Ann Author\" NIL \"ann\" \"example.org\")) ((\"Ann Author\" NIL \"ann\" \"example.org\"))"
                    + " ((\"Ann Author\" NIL \"ann\" \"example.org\")) ((NIL NIL \"bob\" \"example.org\")(\"Cy\" NIL \"cy\" \"example.org\"))"
                    + " NIL NIL \"<first@example.org>\" \"<second@example.org>\") BODYSTRUCTURE"
                    + " ((\"text\" \"plain\" (\"charset\" \"utf-8\") NIL NIL \"quoted-printable\" 900 30 NIL NIL NIL)"
                    + "(\"application\" \"pdf\" (\"name\" \"a.pdf\") NIL NIL \"base64\" 90000 NIL (\"attachment\" (\"filename\" \"a.pdf\")) NIL)"
                    + " \"mixed\" (\"boundary\" \"x\") NIL NIL))\r\n";

    private long sum;

    @Test
    void ordinaryResponse_takesLittleMemory() {
        ResponseReader reader = new ResponseReader(
                CodecLimits.DEFAULTS,
                response -> sum += ((Response.Fetch) response).data().message().uid());
        ByteBuffer octets = ByteBuffer.wrap(ORDINARY.getBytes(StandardCharsets.US_ASCII));
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        reader.feed(octets.rewind());
        long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < MESSAGES; i++) {
            reader.feed(octets.rewind());
        }
        long taken = (threads.getThreadAllocatedBytes(thread) - before) / MESSAGES;
        assertEquals(4711L * (MESSAGES + 1), sum);
        assertTrue(taken < MOST_OCTETS, taken + " octets a response");
    }

    @Test
    void repeatedAuthorsAndCommonWords_areOneObject() {
        FetchData data = Transcript.of(ORDINARY.replace("\r\n", "\n")).fetch();
        EnvelopeData envelope = Objects.requireNonNull(data.envelope());
        StructureData structure = Objects.requireNonNull(data.structure());
        assertEquals("ann", Objects.requireNonNull(envelope.from()).get(0).mailbox());
        assertSame(envelope.from(), envelope.sender());
        assertSame(envelope.from(), envelope.replyTo());
        String disposition = structure.parts().get(1).disposition();
        assertEquals("attachment", disposition);
        assertSame(CommonAtoms.lower("ATTACHMENT".getBytes(StandardCharsets.US_ASCII), 0, 10), disposition);
    }
}
