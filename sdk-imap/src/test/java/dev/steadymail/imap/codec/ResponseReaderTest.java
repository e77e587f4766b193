package dev.steadymail.imap.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each kind of response means. */
class ResponseReaderTest {
    @Test
    void statuses_areToldApart_withTheirCodes() {
        Transcript read = Transcript.of("""
                * OK [CAPABILITY IMAP4rev1 IDLE] ready {5}
                * BYE [UNAVAILABLE] come back later
                A1 NO [ALERT] no
                a2 ok done
                + go on
                """);
        assertEquals(5, read.responses.size());
        Response.Untagged greeting = assertInstanceOf(Response.Untagged.class, read.responses.get(0));
        assertEquals(new StatusText("CAPABILITY", "IMAP4rev1 IDLE", "ready {5}"), greeting.said());
        Response.Untagged bye = assertInstanceOf(Response.Untagged.class, read.responses.get(1));
        assertEquals(Response.Status.BYE, bye.status());
        Response.Completed refused = assertInstanceOf(Response.Completed.class, read.responses.get(2));
        assertEquals("A1", refused.tag());
        assertEquals(Response.Status.NO, refused.status());
        assertEquals("ALERT", refused.said().code());
        Response.Completed done = assertInstanceOf(Response.Completed.class, read.responses.get(3));
        assertEquals(Response.Status.OK, done.status());
        assertNull(done.said().code());
        assertEquals(new Response.Continuation("go on"), read.responses.get(4));
    }

    @Test
    void statusCode_endsAtTheBracketThatIsNotQuoted() {
        Response.Untagged said = Transcript.of("* OK [PERMANENTFLAGS (\\Seen \"a]b\" \\*)] flags\n")
                .only(Response.Untagged.class);
        assertEquals("(\\Seen \"a]b\" \\*)", said.said().arguments());
        assertEquals("flags", said.said().text());
    }

    @Test
    void list_hasAttributesDelimiterAndName_inAnySpelling() {
        Response.Listed literal = Transcript.of("* LIST (\\HasNoChildren \\Sent) \"/\" {6}\nGesend\n")
                .only(Response.Listed.class);
        assertEquals("Gesend", literal.name());
        Response.Listed flat = Transcript.of("* list () nil inbox (\"OLDNAME\" (\"in box\"))\n")
                .only(Response.Listed.class);
        assertNull(flat.delimiter());
        assertEquals("inbox", flat.name());
        assertEquals(Map.of("OLDNAME", "in box"), flat.extended());
        Response.Listed quoted = Transcript.of("* LIST (\\Noselect) \"\\\\\" \"a \\\"b\\\" c\"\n")
                .only(Response.Listed.class);
        assertEquals("\\", quoted.delimiter());
        assertEquals("a \"b\" c", quoted.name());
    }

    @Test
    void status_hasItsItems() {
        Response.MailboxStatus status = Transcript.of("* STATUS NIL (MESSAGES 2 UIDNEXT 7 MAILBOXID (f1))\n")
                .only(Response.MailboxStatus.class);
        assertEquals("NIL", status.name());
        assertEquals(Map.of("MESSAGES", "2", "UIDNEXT", "7", "MAILBOXID", "f1"), status.items());
    }

    @Test
    void search_hasItsNumbers_andTheModSeq() {
        Response.Search search =
                Transcript.of("* SEARCH 2 84 7 (MODSEQ 917162500)\n").only(Response.Search.class);
        assertEquals(List.of("2,7,84"), search.numbers().lines());
        assertEquals(917162500, search.modSeq());
        assertTrue(Transcript.of("* SEARCH\n")
                .only(Response.Search.class)
                .numbers()
                .isEmpty());
    }

    @Test
    void esearch_keepsRanges_whateverTheirSize() {
        Response.ExtendedSearch search = Transcript.of(
                        "* ESEARCH (TAG \"a5\") UID MIN 1 MAX 4000000000 COUNT 9 ALL 1:4000000000 MODSEQ 12\n")
                .only(Response.ExtendedSearch.class);
        assertEquals("a5", search.tag());
        assertTrue(search.uid());
        assertEquals(List.of("1:4000000000"), search.all().lines());
        assertEquals(9, search.count());
        assertEquals(12, search.modSeq());
        Response.ExtendedSearch partial = Transcript.of("* ESEARCH (TAG \"a\") UID PARTIAL (-1:-100 5,7:9)\n")
                .only(Response.ExtendedSearch.class);
        assertEquals(List.of("5,7:9"), partial.all().lines());
        assertEquals(-1, partial.count());
    }

    @Test
    void vanished_tellsEarlierFromNow() {
        Response.Vanished earlier =
                Transcript.of("* VANISHED (EARLIER) 41,43:116\n").only(Response.Vanished.class);
        assertTrue(earlier.earlier());
        assertEquals(75, earlier.uids().size());
        assertFalse(
                Transcript.of("* VANISHED 5\n").only(Response.Vanished.class).earlier());
    }

    @Test
    void malformedSets_holdWhatCanBeRead() {
        assertEquals(
                List.of("5:7,9"),
                Transcript.of("* VANISHED :,7:5,,9,x:3,1:\n")
                        .only(Response.Vanished.class)
                        .uids()
                        .lines());
    }

    @Test
    void fetch_hasWhatWasAsked() {
        FetchData data = Transcript.of("""
                * 12 FETCH (UID 7 FLAGS (\\Seen $Work) RFC822.SIZE 44827 MODSEQ (65402) INTERNALDATE " 1-Feb-2024 00:30:00 +0130" \
                EMAILID (M6d99) THREADID NIL X-GM-MSGID 1278455344230334865 X-GM-LABELS ("\\\\Inbox" foo))
                """).fetch();
        assertEquals(new MessageRef(12, 7), data.message());
        assertEquals(List.of("\\Seen", "$Work"), data.flags());
        assertEquals(44827, data.size());
        assertEquals(65402, data.modSeq());
        assertEquals(Instant.parse("2024-01-31T23:00:00Z"), data.internalDate());
        assertEquals(Map.of("EMAILID", "M6d99", "X-GM-MSGID", "1278455344230334865"), data.items());
        assertEquals(List.of("\\Inbox", "foo"), data.labels());
    }

    @Test
    void envelope_isReadAsSent_literalsAnd8BitIncluded() {
        byte[] octets =
                ("* 1 FETCH (ENVELOPE (\"Mon, 1 Jan 2024 10:00:00 +0000\" {4}\r\nGr\u00fc\u00df ((\"A \\\"B\\\"\" NIL \"ada\" \"example.com\")) "
                                + "NIL NIL ((NIL NIL \"group\" NIL)(NIL NIL \"bo\" \"\")(NIL NIL NIL NIL)) nil NIL NIL \"<1@x>\"))\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1);
        EnvelopeData envelope = Transcript.of(octets).fetch().envelope();
        assertEquals("Gr\u00fc\u00df", envelope.subject());
        assertEquals(
                new EnvelopeData.Address("A \"B\"", "ada", "example.com"),
                envelope.from().get(0));
        assertEquals(List.of(), envelope.sender());
        assertEquals(
                new EnvelopeData.Address(null, "group", null), envelope.to().get(0));
        assertEquals(new EnvelopeData.Address(null, "bo", ""), envelope.to().get(1));
        assertNull(envelope.inReplyTo());
        assertEquals("<1@x>", envelope.messageId());
    }

    @Test
    void structure_ofNestedParts() {
        StructureData whole = Transcript.of("""
                * 1 FETCH (BODYSTRUCTURE (("TEXT" "PLAIN" ("CHARSET" "utf-8") NIL NIL "QUOTED-PRINTABLE" 10 1 NIL NIL NIL)\
                ("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 99 (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL) \
                ("IMAGE" "PNG" ("NAME" "a.png") "<c1>" NIL "BASE64" 50 NIL ("INLINE" ("FILENAME" "a.png"))) 3 NIL ("ATTACHMENT" NIL))\
                 "MIXED" ("BOUNDARY" "b") NIL NIL))
                """).fetch().structure();
        assertEquals("multipart/mixed", whole.type() + "/" + whole.subtype());
        StructureData text = whole.parts().get(0);
        assertEquals(Map.of("charset", "utf-8"), text.parameters());
        assertEquals("quoted-printable", text.encoding());
        StructureData message = whole.parts().get(1);
        assertEquals("attachment", message.disposition());
        StructureData image = message.parts().get(0);
        assertEquals("<c1>", image.id());
        assertEquals("inline", image.disposition());
        assertEquals(Map.of("filename", "a.png"), image.dispositionParameters());
    }

    @Test
    void whatServersReallySend_isForgiven() {
        assertEquals(
                7,
                Transcript.of("* 2 FETCH (UID 7 (ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)) )\n")
                        .fetch()
                        .message()
                        .uid());
        assertEquals(
                0, Transcript.of("* 2 FETCH (RFC822.SIZE -1 UID 7 )\n").fetch().size());
        FetchData empty = Transcript.of("* 2 FETCH (BODY[2] )\n").fetch();
        assertNull(empty.sections().get("BODY[2]").text());
        StructureData odd = Transcript.of(
                        "* 1 FETCH (BODYSTRUCTURE (\"TEXT\" \"PLAIN\" \"CHARSET\" NIL NIL NIL -5 0 NIL \"INLINE\" NIL))\n")
                .fetch()
                .structure();
        assertEquals(Map.of(), odd.parameters());
        assertEquals("7bit", odd.encoding());
        assertNull(odd.disposition());
    }

    @Test
    void content_isStreamed_withTheUidThatCameBefore() {
        Transcript read = Transcript.of("""
                * 3 FETCH (UID 9 BODY[HEADER.FIELDS ("Subject (x)" TO)] {7}
                Subject BODY[1]<0> ~{3}
                abc BODY[2] "short" BODY[3] NIL FLAGS ())
                """);
        FetchData data = read.fetch();
        assertEquals(List.of(), data.flags());
        assertEquals(
                7,
                data.sections().get("BODY[HEADER.FIELDS (\"SUBJECT (X)\" TO)]").size());
        assertEquals("short", data.sections().get("BODY[2]").text());
        assertNull(data.sections().get("BODY[3]").text());
        assertArrayEquals(
                "abc".getBytes(StandardCharsets.US_ASCII),
                read.literals.get("1 MessageRef[sequence=3, uid=9] BODY[1]<0>"));
    }

    @Test
    void uidThatASenderWrote_isNoUid() {
        Transcript read = Transcript.of("""
                * 3 FETCH (PREVIEW "x (UID 5 " ENVELOPE ({9}
                x UID 6 y NIL NIL NIL NIL NIL NIL NIL NIL NIL) BODY[1] {8}
                (UID 7 ) BODY[] {1}
                a UID 9)
                """);
        assertEquals(
                List.of("0 MessageRef[sequence=3, uid=0] BODY[1]", "1 MessageRef[sequence=3, uid=0] BODY[]"),
                List.copyOf(read.literals.keySet()));
        assertEquals(9, read.fetch().message().uid());
    }

    @Test
    void quotaNamespaceAndIdentity() {
        Transcript read = Transcript.of("""
                * QUOTA "" (STORAGE 10 512 MESSAGE 20 100)
                * QUOTAROOT INBOX ""
                * NAMESPACE (("" "/")) NIL (("Public/" "/")("#news." "."))
                * ID ("name" "Dovecot" "version" NIL)
                * ID NIL
                * ENABLED QRESYNC
                * FLAGS (\\Seen)
                * 5 EXISTS
                * X-SPECIAL stuff
                """);
        Response.Quota quota = assertInstanceOf(Response.Quota.class, read.responses.get(0));
        assertEquals("", quota.root());
        assertEquals(new Response.Quota.Usage(10, 512), quota.resources().get("STORAGE"));
        assertEquals(
                List.of(""),
                assertInstanceOf(Response.QuotaRoots.class, read.responses.get(1))
                        .roots());
        Response.Namespaces spaces = assertInstanceOf(Response.Namespaces.class, read.responses.get(2));
        assertEquals(List.of(), spaces.other());
        assertEquals(2, spaces.shared().size());
        assertEquals(
                Map.of("name", "Dovecot", "version", ""),
                assertInstanceOf(Response.Identity.class, read.responses.get(3)).fields());
        assertEquals(new Response.Other("X-SPECIAL"), read.responses.get(8));
    }
}
