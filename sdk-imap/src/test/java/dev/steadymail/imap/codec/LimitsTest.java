package dev.steadymail.imap.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is too long, too deep or malformed is skipped exactly, counted and reported; what never ends is refused. */
class LimitsTest {
    private static final CodecLimits NARROW = new CodecLimits(1_000, 64, 256, 256, 10, 50);

    @Test
    void lineOverItsLimit_isSkippedToItsEnd_andTheNextOneIsRead() {
        Transcript read = read("* LIST () NIL \"" + "x".repeat(5_000) + "\"\n* 4 EXISTS\n");
        Response.Unreadable skipped = unreadable(read, 0);
        assertEquals("LIST", skipped.keyword());
        assertEquals("longer than 64 octets", skipped.reason());
        assertEquals(new Response.Exists(4), read.responses.get(1));
        assertEquals(1, read.reader().unreadable());
    }

    @Test
    void literalsOfASkippedResponse_areSkippedToo() {
        Transcript read = read("* 3 FETCH (UID 8 PREVIEW \"" + "x".repeat(300)
                + "\" BODY[] {9}\n* 1 EXIST ENVELOPE ({2}\n)))\n* 4 EXISTS\n");
        assertEquals(new MessageRef(3, 8), unreadable(read, 0).message());
        assertEquals(List.of(new Response.Exists(4)), read.responses.subList(1, read.responses.size()));
        assertTrue(read.reader().isBetweenResponses());
    }

    @Test
    void kindOfAResponse_isToldWhateverStandsBehindIt() {
        for (String behind : List.of(" (", "(", ")(", "\t(")) {
            Transcript read = read("* 3 fetch" + behind + "PREVIEW \"" + "x".repeat(100) + "\"  BODY[] {2}\nab)\n");
            assertEquals(
                    List.of("0 MessageRef[sequence=3, uid=0] BODY[]"), List.copyOf(read.literals.keySet()), behind);
        }
    }

    @Test
    void stringLiteralOverTheLimit_isSkipped() {
        Transcript read = read("* LIST () NIL {900}\n" + "\n".repeat(450) + "\n* 4 EXISTS\n");
        assertEquals("LIST", unreadable(read, 0).keyword());
        assertEquals(new Response.Exists(4), read.responses.get(1));
    }

    @Test
    void literalOverItsLimit_endsTheConnection() {
        for (String size : List.of("1001", "99999999999999999999999", "9223372036854775807")) {
            Transcript read = new Transcript(NARROW);
            byte[] octets = ("* 1 FETCH (BODY[] {" + size + "}\r\n").getBytes(StandardCharsets.US_ASCII);
            assertThrows(ResponseLimitException.class, () -> read.feed(octets), size);
        }
    }

    @Test
    void nestingBeyondTheLimit_isReported_andNeedsNoStack() {
        int deep = 100_000;
        CodecLimits wide = new CodecLimits(1_000, 1 << 20, 1 << 20, 256, 100, 1_000_000);
        String text = "* 1 FETCH (UID 5 BODYSTRUCTURE " + "(".repeat(deep) + ")".repeat(deep) + ")\r\n";
        Transcript read = Transcript.of(text.getBytes(StandardCharsets.US_ASCII), wide, 1_000);
        assertEquals("lists are nested deeper than 100", unreadable(read, 0).reason());
        assertEquals(new MessageRef(1, 5), unreadable(read, 0).message());
    }

    @Test
    void tooManyTokens_areReported() {
        assertEquals(
                "more than 50 tokens",
                unreadable(read("* SEARCH" + " 1".repeat(60) + "\n"), 0).reason());
    }

    @Test
    void malformedResponse_isReportedWithoutItsContent() {
        Response.Unreadable broken = unreadable(read("* 3 FETCH (UID 7 ENVELOPE (\"secret 42\" \n"), 0);
        assertEquals("FETCH", broken.keyword());
        assertEquals(new MessageRef(3, 7), broken.message());
        assertFalse(broken.toString().contains("secret"), broken::toString);
        assertEquals("* 3 FETCH (aaa 0 aaaaaaaa (\"aaaaaa 00\" ??", broken.outline());
    }

    @Test
    void sinkThatTakesNothing_stopsTheReader_untilItIsFedAgain() {
        List<Byte> taken = new ArrayList<>();
        boolean[] open = {false};
        List<Response> responses = new ArrayList<>();
        ResponseReader reader = new ResponseReader(CodecLimits.DEFAULTS, new ResponseHandler() {
            @Override
            public void response(Response response) {
                responses.add(response);
            }

            @Override
            public LiteralSink literal(MessageRef message, String section, long size) {
                return octets -> {
                    if (open[0]) {
                        taken.add(octets.get());
                    }
                };
            }
        });
        ByteBuffer octets =
                ByteBuffer.wrap("* 1 FETCH (BODY[] {3}\r\nabc)\r\n* 2 EXISTS\r\n".getBytes(StandardCharsets.US_ASCII));
        reader.feed(octets);
        assertEquals('a', octets.get(octets.position()));
        assertEquals(List.of(), responses);
        open[0] = true;
        reader.feed(octets);
        assertEquals(List.of((byte) 'a', (byte) 'b', (byte) 'c'), taken);
        assertEquals(2, responses.size());
        assertFalse(octets.hasRemaining());
    }

    private static Transcript read(String text) {
        byte[] octets = text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        return Transcript.of(octets, NARROW, 7);
    }

    private static Response.Unreadable unreadable(Transcript read, int index) {
        return assertInstanceOf(Response.Unreadable.class, read.responses.get(index), read::toString);
    }
}
