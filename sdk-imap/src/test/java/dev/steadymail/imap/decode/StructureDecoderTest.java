package dev.steadymail.imap.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.steadymail.imap.codec.StructureData;
import dev.steadymail.mail.BodyPart;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StructureDecoderTest {
    private static final String PLAIN = "(\"text\" \"plain\" NIL NIL NIL \"7bit\" 1 1)";
    private static final String NO_ENVELOPE = "(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)";
    private static final String NESTED = "(" + PLAIN + "(" + PLAIN
            + "(\"image\" \"png\" NIL NIL NIL \"base64\" 7) \"related\")"
            + "(\"message\" \"rfc822\" NIL NIL NIL \"7bit\" 9 " + NO_ENVELOPE + " (" + PLAIN + PLAIN + " \"mixed\") 3)"
            + "(\"message\" \"rfc822\" NIL NIL NIL \"7bit\" 8 " + NO_ENVELOPE + " " + PLAIN + " 3) \"mixed\")";

    @Test
    void single_isNumberOne() {
        BodyPart part = Read.structure(
                "(\"IMAGE\" \"PNG\" (\"CHARSET\" \"x\") \" <id@x> \" NIL \"BASE64\" 99 NIL (\"INLINE\" NIL))");
        assertEquals(new BodyPart("1", "image/png", "x", "inline", null, "id@x", 99, List.of()), part);
    }

    @Test
    void parts_haveSectionNumbers() {
        List<String> shown = Read.structure(NESTED)
                .walk()
                .map(part -> part.partId() + " " + part.type() + " " + part.size())
                .toList();
        assertEquals(
                List.of(
                        " multipart/mixed -1",
                        "1 text/plain 1",
                        " multipart/related -1",
                        "2.1 text/plain 1",
                        "2.2 image/png 7",
                        "3 message/rfc822 9",
                        " multipart/mixed -1",
                        "3.1 text/plain 1",
                        "3.2 text/plain 1",
                        "4 message/rfc822 8",
                        "4.1 text/plain 1"),
                shown);
    }

    @Test
    void manyParts_keepTheirNumbers() {
        BodyPart root = Read.structure("(" + PLAIN.repeat(12) + " \"mixed\")");
        assertEquals("9", root.parts().get(8).partId());
        assertEquals("12", root.parts().get(11).partId());
    }

    @Test
    void sections_areFound() {
        StructureData root =
                Objects.requireNonNull(Read.fetch("BODYSTRUCTURE " + NESTED).structure());
        Read.structure(NESTED).walk().filter(part -> !part.partId().isEmpty()).forEach(part -> {
            StructureData found = StructureDecoder.find(root, part.partId());
            assertNotNull(found, part.partId());
            assertEquals(part.type(), found.type() + "/" + found.subtype());
            assertEquals(part.size(), found.size());
        });
        for (String none : List.of("", "0", "2", "5", "1.1", "2.3", "3.3", "4.2", "x")) {
            assertNull(StructureDecoder.find(root, none), none);
        }
    }

    @Test
    void missingWords_haveDefaults() {
        assertEquals(
                "application/octet-stream",
                Read.structure("(NIL NIL NIL NIL NIL NIL -5)").type());
        assertEquals(
                "application/octet-stream",
                Read.structure("(\" \" \" \" NIL NIL NIL \"7bit\" 5)").type());
        assertEquals(0, Read.structure("(\"a\" \"b\" NIL NIL NIL NIL -5)").size());
        assertEquals(
                "id@x>",
                Read.structure("(\"a\" \"b\" NIL \" id@x>\" NIL NIL 1)").contentId());
    }

    @Test
    void fileName_isOfTheDisposition_orElseOfTheType() {
        assertEquals("b.txt", fileName("(\"name\" \"a.txt\")", "(\"FileName\" \"b.txt\")"));
        assertEquals("a.txt", fileName("(\"name\" \"a.txt\")", "NIL"));
        assertNull(fileName("NIL", "(\"size\" \"3\")"));
    }

    @Test
    void fileName_isDecoded() {
        assertEquals("\u00e9.txt", fileName("NIL", "(\"filename\" \"=?utf-8?Q?=C3=A9.txt?=\")"));
        assertEquals("\u00e9.txt", fileName("NIL", "(\"filename\" \"\u00c3\u00a9.txt\")"));
        assertEquals("\u00e9.txt", fileName("NIL", "(\"filename*\" \"utf-8'en'%C3%A9.txt\")"));
        assertEquals("\u00e9.txt", fileName("(\"name*\" \"iso-8859-1''%e9.txt\")", "NIL"));
        assertEquals("%zz%4\u00e9", fileName("NIL", "(\"filename*\" \"utf-8''%zz%4\u00c3\u00a9\")"));
    }

    @Test
    void segments_arePutTogether() {
        assertEquals(
                "na\u00efve 100%41.txt",
                fileName(
                        "NIL",
                        "(\"filename*2\" \"100%41.txt\" \"filename*0*\" \"utf-8''na%C3\" \"filename*1*\" \"%AFve \" \"filename\" \"x\")"));
        assertEquals("ab", fileName("NIL", "(\"filename*1\" \"b\" \"filename*0\" \"a\" \"filename*3\" \"d\")"));
        assertEquals("a\u00e9", fileName("NIL", "(\"filename*0\" \"a\" \"filename*1*\" \"%C3%A9\")"));
        assertEquals("x", fileName("NIL", "(\"filename\" \"x\" \"filename*1\" \"b\")"));
    }

    @Test
    void valueWithCharset_isTakenBeforeThePlainOne() {
        assertEquals("\u20ac", fileName("NIL", "(\"filename*\" \"utf-8''%E2%82%AC\" \"filename\" \"EUR\")"));
        assertEquals("\u20ac", fileName("NIL", "(\"filename\" \"EUR\" \"filename*\" \"utf-8''%E2%82%AC\")"));
    }

    @Test
    void missingOrUnknownCharset_isUtf8OrLatin1() {
        assertEquals("\u00e9", fileName("NIL", "(\"filename*\" \"no-such''%C3%A9\")"));
        assertEquals("\u00e9", fileName("NIL", "(\"filename*\" \"not a name''%E9\")"));
        assertEquals("\u00e9", fileName("NIL", "(\"filename*\" \"''%C3%A9\")"));
        assertEquals("a'\u00e9", fileName("NIL", "(\"filename*\" \"a'%C3%A9\")"));
        assertEquals("\u00e9", fileName("NIL", "(\"filename*0*\" \"%E9\")"));
    }

    @Test
    void charset_maybeEncoded() {
        assertEquals(
                "utf-8",
                Read.structure("(\"text\" \"plain\" (\"charset*\" \"us-ascii'en'utf-8\") NIL NIL \"7bit\" 1 1)")
                        .charset());
    }

    private static String fileName(String parameters, String dispositionParameters) {
        return Read.structure("(\"a\" \"b\" " + parameters + " NIL NIL \"7bit\" 10 NIL (\"attachment\" "
                        + dispositionParameters + "))")
                .fileName();
    }
}
