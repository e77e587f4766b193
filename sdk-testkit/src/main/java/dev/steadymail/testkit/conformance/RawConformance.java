package dev.steadymail.testkit.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.BodyPart;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.RawVisitor;
import dev.steadymail.query.EmailQuery;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Raw messages are the exact octets, attachments are what was attached. */
abstract class RawConformance {
    private static final int BIG = 3 << 20;

    abstract Session session();

    @Test
    void raw_plainMessage_isExact() throws IOException {
        assertExact(SampleMail.named("a"));
    }

    @Test
    void raw_everyOctetButLineEnds_isExact() throws IOException {
        assertExact(SampleMail.named("a").content("Content-Type: text/plain", "", everyOctet()));
    }

    @Test
    void raw_longLinesAndDots_areExact() throws IOException {
        assertExact(SampleMail.named("a").text("x".repeat(5_000) + "\r\n.\r\n..\r\n\r\n"));
    }

    @Test
    void raw_rawUtf8InHeader_isExact() throws IOException {
        String utf8 = new String("Gr\u00fc\u00dfe".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertExact(SampleMail.named("a").subject(utf8));
    }

    @Test
    void raw_bigMessage_isExact() throws IOException {
        assertExact(SampleMail.named("a").text(("0123456789abcdef".repeat(4) + "\r\n").repeat(BIG / 66)));
    }

    @Test
    void raw_many_areExactAndLeaveOutWhatIsGone() {
        List<SampleMail> mails = List.of(
                SampleMail.named("a"),
                SampleMail.named("b").text("Second"),
                SampleMail.named("c"),
                SampleMail.named("d"));
        List<EmailId> ids = mails.stream().map(session()::delivered).toList();
        session().backdoor().remove(SampleMail.named("c").messageId());
        Collected collected = new Collected();
        session().client().emails().raw(ids, collected);
        assertEquals(3, collected.messages.size());
        assertEquals(List.of(), collected.unreadable);
        for (int i : new int[] {0, 1, 3}) {
            assertArrayEquals(mails.get(i).bytes(), collected.messages.get(ids.get(i)));
            assertEquals(mails.get(i).bytes().length, collected.sizes.get(ids.get(i)));
        }
    }

    @Test
    void raw_many_costFewerRequestsThanOneByOne() {
        session().deliverMany(8);
        List<EmailId> ids = session().list(EmailQuery.in(session().mailbox(Session.INBOX))).stream()
                .map(Email::id)
                .toList();
        long before = session().client().traffic().requests();
        Collected collected = new Collected();
        session().client().emails().raw(ids, collected);
        long cost = session().client().traffic().requests() - before;
        assertEquals(8, collected.messages.size());
        assertTrue(cost <= 2L * ids.size(), () -> cost + " requests for " + ids.size() + " messages");
    }

    @Test
    void raw_visitorCannotStore_endsWithStorage() {
        EmailId id = session().delivered(SampleMail.named("a"));
        Session.fails(Kind.STORAGE, () -> session().client().emails().raw(List.of(id), new FullDisk()));
    }

    @Test
    void raw_goneEmail_isNotFound() {
        EmailId gone = session().delivered(SampleMail.named("a"));
        session().backdoor().remove(SampleMail.named("a").messageId());
        Session.fails(
                Kind.NOT_FOUND, () -> session().client().emails().raw(gone).close());
    }

    @Test
    void raw_closedEarly_leavesTheClientUsable() throws IOException {
        EmailId id = session().delivered(SampleMail.named("a").text(("0123456789".repeat(7) + "\r\n").repeat(20_000)));
        try (InputStream raw = session().client().emails().raw(id)) {
            assertEquals('D', raw.read());
        }
        assertEquals(List.of("a"), session().keysIn(Session.INBOX));
    }

    @Test
    void attachment_base64_isDecoded() throws IOException {
        EmailId id = session().delivered(ContentConformance.nested());
        BodyPart part = structure(id).attachments().get(0);
        assertArrayEquals(ContentConformance.PDF, content(id, part));
    }

    @Test
    void attachment_quotedPrintable_isDecoded() throws IOException {
        EmailId id = session().delivered(ContentConformance.nested());
        BodyPart text = Objects.requireNonNull(structure(id).body())
                .parts()
                .get(0)
                .parts()
                .get(0);
        String decoded = new String(content(id, text), StandardCharsets.UTF_8);
        assertEquals("Gr\u00fc\u00dfe, soft", decoded.stripTrailing());
    }

    @Test
    void attachment_ofGoneEmail_isNotFound() {
        EmailId id = session().delivered(ContentConformance.nested());
        BodyPart part = structure(id).attachments().get(0);
        session().backdoor().remove(ContentConformance.nested().messageId());
        Session.fails(
                Kind.NOT_FOUND,
                () -> session().client().emails().attachment(id, part).close());
    }

    private void assertExact(SampleMail mail) throws IOException {
        EmailId id = session().delivered(mail);
        try (InputStream raw = session().client().emails().raw(id)) {
            assertArrayEquals(mail.bytes(), raw.readAllBytes());
        }
    }

    private byte[] content(EmailId id, BodyPart part) throws IOException {
        try (InputStream content = session().client().emails().attachment(id, part)) {
            return content.readAllBytes();
        }
    }

    private Email structure(EmailId id) {
        return session().client().emails().get(id, FetchLevel.STRUCTURE);
    }

    private static String everyOctet() {
        StringBuilder text = new StringBuilder();
        for (char c = 1; c < 256; c++) {
            text.append(c == '\r' || c == '\n' ? ' ' : c);
        }
        return text.toString();
    }

    private static final class Collected implements RawVisitor {
        final Map<EmailId, byte[]> messages = new HashMap<>();
        final Map<EmailId, Long> sizes = new HashMap<>();
        final List<EmailId> unreadable = new ArrayList<>();

        @Override
        public void message(Email email, InputStream content) throws IOException {
            messages.put(email.id(), content.readAllBytes());
            sizes.put(email.id(), email.size());
        }

        @Override
        public void unreadable(EmailId id, MailException reason) {
            unreadable.add(id);
        }
    }

    private static final class FullDisk implements RawVisitor {
        @Override
        public void message(Email email, InputStream content) throws IOException {
            throw new IOException("no space left");
        }

        @Override
        public void unreadable(EmailId id, MailException reason) {
            throw reason;
        }
    }
}
