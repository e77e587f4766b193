package dev.steadymail.testkit.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.content.ContentOptions;
import dev.steadymail.content.ContentPolicy;
import dev.steadymail.content.ContentReport;
import dev.steadymail.content.Wanted;
import dev.steadymail.mail.BodyPart;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.PartRange;
import dev.steadymail.testkit.memory.InMemoryContentSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ranges are pieces of one and the same row of octets, wherever they are cut; fetched content is what was sent. */
abstract class RangeConformance {
    private static final ContentOptions PARTS = ContentOptions.DEFAULT
            .withPolicy(ContentPolicy.ALL)
            .withWanted(Wanted.EVERY_PART)
            .withWholeUpTo(0);
    /** More than two ranges of a fetch. */
    private static final byte[] LARGE = ContentConformance.octets(900_000);

    abstract Session session();

    @Test
    void range_piecesOfAnyLength_makeTheSamePart() throws IOException {
        EmailId id = session().delivered(ContentConformance.nested());
        BodyPart part = attachment(id);
        byte[] whole = octets(id, part, PartRange.MOST);
        for (int length : new int[] {1_000, 331, 100}) {
            assertArrayEquals(whole, octets(id, part, length), () -> "in pieces of " + length);
        }
    }

    @Test
    void range_decodesToWhatWasAttached() throws IOException {
        EmailId id = session().delivered(ContentConformance.nested());
        BodyPart part = attachment(id);
        PartRange range = session().client().emails().range(id, part, 0, PartRange.MOST);
        byte[] octets = range.open().readAllBytes();
        assertTrue(range.size() < 0 || range.size() == octets.length, () -> range + " is all of the part");
        byte[] decoded =
                range.encoding().equals("base64") ? Base64.getMimeDecoder().decode(octets) : octets;
        assertArrayEquals(ContentConformance.PDF, decoded);
    }

    @Test
    void range_fromTheMiddle_isNoMoreThanAskedFor() throws IOException {
        EmailId id = session().delivered(ContentConformance.nested());
        BodyPart part = attachment(id);
        byte[] whole = octets(id, part, PartRange.MOST);
        PartRange middle = session().client().emails().range(id, part, 200, 300);
        assertArrayEquals(Arrays.copyOfRange(whole, 200, 500), middle.open().readAllBytes());
    }

    @Test
    void range_beyondTheEnd_isEmpty() {
        EmailId id = session().delivered(ContentConformance.nested());
        PartRange beyond = session().client().emails().range(id, attachment(id), 1_000_000, 10);
        assertEquals(0, beyond.length());
    }

    /** An IMAP server may go on showing an email in a mailbox that is open (RFC 2180 section 4.1.3); it never changes. */
    @Test
    void range_ofGoneEmail_isNotFoundOrAsItWas() throws IOException {
        EmailId id = session().delivered(ContentConformance.nested());
        BodyPart part = attachment(id);
        byte[] whole = octets(id, part, PartRange.MOST);
        session().backdoor().remove(ContentConformance.nested().messageId());
        try {
            PartRange still = session().client().emails().range(id, part, 0, 10);
            assertArrayEquals(Arrays.copyOf(whole, 10), still.open().readAllBytes());
        } catch (MailException gone) {
            assertEquals(Kind.NOT_FOUND, gone.kind());
        }
    }

    @Test
    void range_ofNoOctets_isRefused() {
        EmailId id = session().delivered(ContentConformance.nested());
        BodyPart part = attachment(id);
        assertThrows(
                IllegalArgumentException.class,
                () -> session().client().emails().range(id, part, 0, 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> session().client().emails().range(id, part, -1, 10));
    }

    @Test
    void content_inParts_isDecodedWhole() {
        EmailId id = session().delivered(ContentConformance.nested());
        InMemoryContentSink sink = new InMemoryContentSink();
        ContentReport report = session().client().content(sink, PARTS).run(progress -> {});
        assertEquals(List.of(1L, 3L), List.of(report.stored(), report.contents()), report::toString);
        assertArrayEquals(
                ContentConformance.PDF,
                sink.content(id, attachment(id).partId()).orElseThrow());
    }

    @Test
    void content_largeAttachment_isDecodedWhole() {
        EmailId id = session().delivered(large());
        InMemoryContentSink sink = new InMemoryContentSink();
        session().client().content(sink, PARTS).fetch(id);
        assertArrayEquals(LARGE, sink.content(id, attachment(id).partId()).orElseThrow());
    }

    @Test
    void content_wholeMessages_areExact() {
        EmailId small = session().delivered(ContentConformance.nested());
        EmailId large = session().delivered(large());
        InMemoryContentSink sink = new InMemoryContentSink();
        ContentReport report = session()
                .client()
                .content(sink, PARTS.withWanted(Wanted.MESSAGE))
                .run(progress -> {});
        assertEquals(2, report.stored(), report::toString);
        assertArrayEquals(
                ContentConformance.nested().bytes(), sink.content(small, "").orElseThrow());
        assertArrayEquals(large().bytes(), sink.content(large, "").orElseThrow());
    }

    @Test
    void content_again_readsNothing() {
        session().delivered(ContentConformance.nested());
        InMemoryContentSink sink = new InMemoryContentSink();
        session().client().content(sink, PARTS).run(progress -> {});
        ContentReport again = session().client().content(sink, PARTS).run(progress -> {});
        assertEquals(List.of(0L, 1L, 0L), List.of(again.stored(), again.held(), again.octets()), again::toString);
    }

    private static SampleMail large() {
        return SampleMail.named("large")
                .content(
                        "Content-Type: multipart/mixed; boundary=b",
                        "",
                        "--b",
                        "Content-Type: text/plain",
                        "",
                        "See the file.",
                        "--b",
                        "Content-Type: application/octet-stream; name=large",
                        "Content-Disposition: attachment; filename=large",
                        "Content-Transfer-Encoding: base64",
                        "",
                        SampleMail.base64(LARGE),
                        "--b--");
    }

    private BodyPart attachment(EmailId id) {
        return session()
                .client()
                .emails()
                .get(id, FetchLevel.STRUCTURE)
                .attachments()
                .get(0);
    }

    private byte[] octets(EmailId id, BodyPart part, int length) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        PartRange range;
        do {
            range = session().client().emails().range(id, part, all.size(), length);
            range.open().transferTo(all);
        } while (range.length() == length);
        return all.toByteArray();
    }
}
