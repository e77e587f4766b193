package dev.steadymail.testkit.conformance;

import static dev.steadymail.testkit.conformance.Session.INBOX;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.BodyPart;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Envelope;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every level of an email is right field by field, and no level pretends to more than it fetched. */
abstract class ContentConformance {
    abstract Session session();

    @Test
    void get_state_hasPlaceMarksAndTime() {
        session().deliver(SampleMail.named("a"), INBOX, Keyword.SEEN, Keyword.FLAGGED);
        Email email = session().state(session().find(SampleMail.named("a")).id());
        assertEquals(Set.of(session().mailbox(INBOX)), email.mailboxIds());
        assertEquals(Set.of(Keyword.SEEN, Keyword.FLAGGED), email.keywords());
        assertEquals(SampleMail.NOON, email.receivedAt());
        assertTrue(email.size() > 0, "size is missing");
    }

    @Test
    void get_belowALevel_itsAccessorsSayWhatToAskFor() {
        EmailId id = session().delivered(SampleMail.named("a"));
        assertThrows(IllegalStateException.class, session().state(id)::subject);
        assertThrows(IllegalStateException.class, session().state(id)::from);
        assertThrows(IllegalStateException.class, get(id, FetchLevel.METADATA)::attachments);
    }

    @Test
    void get_metadata_decodesTheHeader() {
        Envelope envelope = envelopeOf(rich());
        assertEquals("Gr\u00fc\u00dfe aus K\u00f6ln", envelope.subject());
        assertEquals(List.of(new EmailAddress("J\u00fcrgen M\u00fcller", "juergen@example.org")), envelope.from());
        assertEquals(
                List.of(
                        new EmailAddress("Lovelace, Ada", "ada@example.com"),
                        new EmailAddress(null, "bob@example.com")),
                envelope.to());
        assertEquals(List.of(new EmailAddress("Carol", "carol@example.com")), envelope.cc());
        assertEquals(List.of(new EmailAddress(null, "replies@example.org")), envelope.replyTo());
        assertEquals(rich().messageId(), envelope.messageId());
        assertEquals("<parent@samples.example>", envelope.inReplyTo());
        assertEquals("<root@samples.example> <parent@samples.example>", envelope.references());
        assertEquals(SampleMail.NOON, envelope.sentAt());
    }

    @Test
    void get_metadata_withoutSubject_isEmptyNotMissing() {
        assertEquals("", envelopeOf(SampleMail.named("a").subject("")).subject());
    }

    @Test
    void get_metadata_withFoldedUnknownField_readsTheRest() {
        SampleMail mail = SampleMail.named("a").header("X-Note: folded").header(" over two lines");
        assertEquals("Sample a", envelopeOf(mail).subject());
    }

    @Test
    void get_structure_ofPlainText_isOnePart() {
        BodyPart body = structureOf(SampleMail.named("a").text("Hello"));
        assertEquals("text/plain", body.type());
        assertEquals("us-ascii", lower(body.charset()));
        assertEquals(List.of(), body.parts());
    }

    @Test
    void get_structure_ofNestedMultiparts_keepsTheTree() {
        BodyPart body = structureOf(nested());
        assertEquals("multipart/mixed", body.type());
        assertEquals(List.of("multipart/alternative", "application/pdf"), types(body.parts()));
        assertEquals(
                List.of("text/plain", "text/html"), types(body.parts().get(0).parts()));
        assertEquals("utf-8", lower(body.parts().get(0).parts().get(1).charset()));
    }

    @Test
    void get_structure_namesAttachmentsBeyondAscii() {
        EmailId id = session().delivered(nested());
        List<BodyPart> attachments = get(id, FetchLevel.STRUCTURE).attachments();
        assertEquals(1, attachments.size());
        assertEquals("Pr\u00fcfung \u65e5\u672c.pdf", attachments.get(0).fileName());
        assertEquals("attachment", attachments.get(0).disposition());
    }

    @Test
    void get_structure_decodesFileNamesInEncodedWords() {
        EmailId id = session().delivered(oldStyleName());
        assertEquals(
                "caf\u00e9.txt",
                get(id, FetchLevel.STRUCTURE).attachments().get(0).fileName());
    }

    @Test
    void get_structure_findsInlinePartsByContentId() {
        EmailId id = session().delivered(inlineImage());
        BodyPart body = Objects.requireNonNull(get(id, FetchLevel.STRUCTURE).body());
        List<String> contentIds =
                body.walk().map(BodyPart::contentId).filter(Objects::nonNull).toList();
        assertEquals(List.of("logo@samples.example"), contentIds);
    }

    @Test
    void get_many_keepsTheOrderAndLeavesOutWhatIsGone() {
        EmailId first = session().delivered(SampleMail.named("a"));
        EmailId gone = session().delivered(SampleMail.named("b"));
        EmailId last = session().delivered(SampleMail.named("c"));
        session().backdoor().remove(SampleMail.named("b").messageId());
        List<Email> emails = session().client().emails().get(List.of(last, gone, first), FetchLevel.METADATA);
        assertEquals(List.of("c", "a"), Session.keys(emails));
    }

    @Test
    void get_one_thatIsGone_isNotFound() {
        EmailId gone = session().delivered(SampleMail.named("a"));
        session().backdoor().remove(SampleMail.named("a").messageId());
        Session.fails(Kind.NOT_FOUND, () -> session().state(gone));
    }

    static SampleMail nested() {
        return SampleMail.named("nested")
                .content(
                        "Content-Type: multipart/mixed; boundary=\"outer\"",
                        "",
                        "--outer",
                        "Content-Type: multipart/alternative; boundary=\"inner\"",
                        "",
                        "--inner",
                        "Content-Type: text/plain; charset=utf-8",
                        "Content-Transfer-Encoding: quoted-printable",
                        "",
                        "Gr=C3=BC=C3=9Fe, sof=",
                        "t",
                        "--inner",
                        "Content-Type: text/html; charset=\"UTF-8\"",
                        "",
                        "<p>Hello</p>",
                        "--inner--",
                        "",
                        "--outer",
                        "Content-Type: application/pdf",
                        "Content-Disposition: attachment;",
                        " filename*=UTF-8''Pr%C3%BCfung%20%E6%97%A5%E6%9C%AC.pdf",
                        "Content-Transfer-Encoding: base64",
                        "",
                        SampleMail.base64(PDF),
                        "--outer--");
    }

    /** Stands for a file: every octet there is, some of them twice. */
    static final byte[] PDF = octets(700);

    static byte[] octets(int count) {
        byte[] octets = new byte[count];
        for (int i = 0; i < count; i++) {
            octets[i] = (byte) (i * 7);
        }
        return octets;
    }

    private static SampleMail rich() {
        return SampleMail.named("rich")
                .from("=?ISO-8859-1?Q?J=FCrgen_M=FCller?= <juergen@example.org>")
                .to("\"Lovelace, Ada\" <ada@example.com>,\r\n bob@example.com")
                .subject("=?UTF-8?B?" + encoded("Gr\u00fc\u00dfe aus ") + "?=\r\n =?UTF-8?Q?K=C3=B6ln?=")
                .header("Cc: Carol <carol@example.com>")
                .header("Reply-To: replies@example.org")
                .header("In-Reply-To: <parent@samples.example>")
                .header("References: <root@samples.example>")
                .header(" <parent@samples.example>");
    }

    private static SampleMail oldStyleName() {
        return SampleMail.named("old")
                .content(
                        "Content-Type: multipart/mixed; boundary=b",
                        "",
                        "--b",
                        "Content-Type: text/plain",
                        "",
                        "See the file.",
                        "--b",
                        "Content-Type: text/plain; name=\"=?UTF-8?Q?caf=C3=A9.txt?=\"",
                        "Content-Disposition: attachment; filename=\"=?UTF-8?Q?caf=C3=A9.txt?=\"",
                        "",
                        "Coffee",
                        "--b--");
    }

    private static SampleMail inlineImage() {
        return SampleMail.named("inline")
                .content(
                        "Content-Type: multipart/related; boundary=b",
                        "",
                        "--b",
                        "Content-Type: text/html",
                        "",
                        "<img src=\"cid:logo@samples.example\">",
                        "--b",
                        "Content-Type: image/png",
                        "Content-ID: <logo@samples.example>",
                        "Content-Disposition: inline",
                        "Content-Transfer-Encoding: base64",
                        "",
                        "iVBORw0KGgo=",
                        "--b--");
    }

    private static String encoded(String text) {
        return SampleMail.base64(text.getBytes(StandardCharsets.UTF_8));
    }

    private Envelope envelopeOf(SampleMail mail) {
        return Objects.requireNonNull(
                get(session().delivered(mail), FetchLevel.METADATA).envelope());
    }

    private BodyPart structureOf(SampleMail mail) {
        BodyPart body = get(session().delivered(mail), FetchLevel.STRUCTURE).body();
        assertNotNull(body);
        return body;
    }

    private Email get(EmailId id, FetchLevel level) {
        return session().client().emails().get(id, level);
    }

    private static List<String> types(List<BodyPart> parts) {
        return parts.stream().map(BodyPart::type).toList();
    }

    private static String lower(@Nullable String charset) {
        return charset == null ? "none" : charset.toLowerCase(Locale.ROOT);
    }
}
