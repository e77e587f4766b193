package dev.steadymail.imap.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What senders and owners of shared mailboxes write does not steer the reader, nor does it show. */
class HostileContentTest {
    @Test
    void literalThatLooksLikeAnAnnouncement_isContent() {
        Transcript read = Transcript.of("* LIST () \"/\" {7}\nab {20}\n* 4 EXISTS\n");
        assertEquals(
                "ab {20}",
                assertInstanceOf(Response.Listed.class, read.responses.get(0)).name());
        assertEquals(new Response.Exists(4), read.responses.get(1));
    }

    @Test
    void literalThatEndsLikeASection_makesTheNextOneNoSection() {
        Transcript read = Transcript.of(
                "* 1 FETCH (UID 5 ENVELOPE ({8}\nx BODY[] {7}\nsubject NIL NIL NIL NIL NIL NIL NIL NIL))\n");
        assertEquals(Map.of(), read.literals);
        assertEquals("subject", read.fetch().envelope().subject());
        Transcript quoted =
                Transcript.of("* 1 FETCH (ENVELOPE (\"x BODY[]\" {7}\nsubject NIL NIL NIL NIL NIL NIL NIL NIL))\n");
        assertEquals(Map.of(), quoted.literals);
        assertEquals("subject", quoted.fetch().envelope().subject());
    }

    @Test
    void sectionRightBehindALiteral_isStreamed() {
        Transcript read = Transcript.of("* 1 FETCH (BODY[1] {1}\naBODY[2]{3}\nabc UID 6 FLAGS ())\n");
        assertEquals(6, read.fetch().message().uid());
        assertEquals(List.of(), read.fetch().flags());
        assertEquals(3, read.fetch().sections().get("BODY[2]").size());
    }

    @Test
    void stringWithQuotesThatTheServerDidNotEscape_givesNoUid() {
        assertInstanceOf(
                Response.Unreadable.class,
                Transcript.of("* 1 FETCH (UID 5 PREVIEW \"he said \"UID 6 x\" FLAGS ())\n")
                        .responses
                        .get(0));
        Response.Unreadable crossing = assertInstanceOf(
                Response.Unreadable.class,
                Transcript.of("* 1 FETCH (UID 5 ENVELOPE (NIL \"a\"\" {8}\n\" UID 6 ))\n")
                        .responses
                        .get(0));
        assertEquals(new MessageRef(1, 5), crossing.message());
    }

    @Test
    void flagThatLooksLikeALiteral_isNotOne() {
        assertInstanceOf(
                Response.Unreadable.class,
                Transcript.of("* 1 FETCH (FLAGS ({1}) UID 7 RFC822.SIZE 4)\n")
                        .responses
                        .get(0));
    }

    @Test
    void oddWhiteSpace_doesNotMakeContentAResponse() {
        for (String begin : List.of("* 1 FETCH(", " * 1 FETCH (", "*\t1 FETCH (", "* 1\tFETCH (")) {
            Transcript read = Transcript.of(begin + "UID 5 BODY[] {14}\n* 77 EXISTS\n )\n");
            assertEquals(5, read.fetch().message().uid(), begin);
            assertEquals(1, read.literals.size(), begin);
        }
        Response.Untagged alert = Transcript.of("* OK[ALERT] x {5}\n").only(Response.Untagged.class);
        assertEquals("ALERT", alert.said().code());
    }

    @Test
    void unknownWords_doNotShow() {
        Transcript read =
                Transcript.of("* hunter2 secret\n* 123456 Secret\nhunter2 OK [bob@x.org in] yes\n* ID (\"a\" \"b\")\n");
        assertFalse(read.toString().matches("(?i).*(hunter2|secret|123456|bob).*"), read::toString);
    }

    @Test
    void trailingOctets_areReported() {
        for (String line : List.of(
                "* LIST () \"/\" Sent Items\n",
                "* STATUS Sent Items (MESSAGES 3)\n",
                "* 1 FETCH (UID 5) FLAGS ())\n",
                "* FETCH (UID 5)\n")) {
            assertInstanceOf(
                    Response.Unreadable.class, Transcript.of(line).responses.get(0), line);
        }
    }

    @Test
    void emptyParts_keepTheNumbersOfTheOthers() {
        StructureData whole = Transcript.of(
                        "* 1 FETCH (BODYSTRUCTURE (()(\"IMAGE\" \"PNG\" NIL NIL NIL \"BASE64\" 5)(\"RELATED\" NIL (\"ATTACHMENT\" NIL) NIL) \"MIXED\"))\n")
                .fetch()
                .structure();
        assertEquals(3, whole.parts().size());
        assertEquals("png", whole.parts().get(1).subtype());
        assertEquals("multipart", whole.parts().get(2).type());
        assertEquals("related", whole.parts().get(2).subtype());
        assertEquals("attachment", whole.parts().get(2).disposition());
    }

    @Test
    void messageThatTheServerDidNotLookInto_keepsItsName() {
        StructureData part = Transcript.of(
                        "* 1 FETCH (BODYSTRUCTURE (\"MESSAGE\" \"RFC822\" (\"NAME\" \"x.eml\") NIL NIL \"BASE64\" 999 NIL (\"ATTACHMENT\" (\"FILENAME\" \"x.eml\")) NIL))\n")
                .fetch()
                .structure();
        assertEquals(List.of(), part.parts());
        assertEquals("attachment", part.disposition());
        assertEquals(Map.of("filename", "x.eml"), part.dispositionParameters());
    }

    @Test
    void afterAFailure_nothingIsRead() {
        Transcript read = new Transcript(CodecLimits.DEFAULTS);
        byte[] huge = "* 1 FETCH (BODY[] {999999999}\r\n".getBytes(StandardCharsets.US_ASCII);
        assertThrows(ResponseLimitException.class, () -> read.feed(huge));
        ByteBuffer more = ByteBuffer.wrap("* 4 EXISTS\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThrows(IllegalStateException.class, () -> read.reader().feed(more));
        assertEquals(List.of(), read.responses);
    }

    @Test
    void manyNamesOfOneHash_andManySections_takeLinearTime() {
        StringBuilder names = new StringBuilder("* 1 FETCH (BODYSTRUCTURE (\"a\" \"b\" (");
        for (int i = 0; i < 1 << 14; i++) {
            names.append('"');
            for (int bit = 0; bit < 14; bit++) {
                names.append((i >> bit & 1) == 0 ? "a_" : "b@");
            }
            names.append("\" \"\" ");
        }
        Transcript collisions = Transcript.of(names + ") NIL NIL \"7bit\" 1))\n");
        assertEquals(1 << 14, collisions.fetch().structure().parameters().size());
        Transcript sections = Transcript.of("* 1 FETCH (" + "RFC822 {0}\n ".repeat(60_000) + "UID 5)\n");
        assertEquals(5, sections.fetch().message().uid());
        assertNull(sections.fetch().flags());
    }
}
