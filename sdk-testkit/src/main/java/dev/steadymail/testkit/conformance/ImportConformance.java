package dev.steadymail.testkit.conformance;

import static dev.steadymail.testkit.conformance.Session.INBOX;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steadymail.Emails;
import dev.steadymail.mail.Capability;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailImport;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.Role;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Messages are added with their octets, marks and time, or not at all; emails go to the trash. */
abstract class ImportConformance {
    abstract Session session();

    @Test
    void import_keepsOctetsMarksAndTime() throws IOException {
        session().needs(Capability.IMPORT);
        SampleMail mail = SampleMail.named("a").subject("=?utf-8?q?caf=C3=A9?=");
        Set<Keyword> marks = Set.of(Keyword.SEEN, Keyword.FLAGGED);
        EmailId id = emails().importEmail(content(mail), inbox().with(marks).receivedAt(mail.date()));
        Email email = session().state(id);
        assertEquals(marks, email.keywords());
        assertEquals(mail.date(), email.receivedAt());
        assertEquals(Set.of(session().mailbox(INBOX)), email.mailboxIds());
        assertArrayEquals(mail.bytes(), octets(id));
    }

    @Test
    void import_withoutTimeAndMarks_isNewAndOfNow() {
        session().needs(Capability.IMPORT);
        SampleMail mail = SampleMail.named("a");
        Email email = session().state(emails().importEmail(content(mail), inbox()));
        assertEquals(Set.of(), email.keywords());
        assertTrue(email.receivedAt().isAfter(mail.date().plus(Duration.ofDays(1))));
    }

    @Test
    void import_ofALargeMessage_keepsEveryOctet() throws IOException {
        session().needs(Capability.IMPORT);
        byte[] attached = new byte[1_200_000];
        for (int i = 0; i < attached.length; i++) {
            attached[i] = (byte) (i * 31 + i / 251);
        }
        SampleMail mail = SampleMail.named("a")
                .content(
                        "Content-Type: application/octet-stream",
                        "Content-Transfer-Encoding: base64",
                        "",
                        SampleMail.base64(attached));
        EmailId id = emails().importEmail(content(mail), inbox().receivedAt(mail.date()));
        assertArrayEquals(mail.bytes(), octets(id));
    }

    @Test
    void import_intoAMailboxThatIsNotThere_isNotFoundAndAddsNothing() {
        session().needs(Capability.IMPORT);
        EmailImport into = EmailImport.into(session().fixture().unknownMailbox());
        Session.fails(Kind.NOT_FOUND, () -> emails().importEmail(content(SampleMail.named("a")), into));
        assertEquals(List.of(), Session.keys(session().everything()));
    }

    @Test
    void import_intoSeveralMailboxes_isInAllOfThem() {
        session().needs(Capability.IMPORT);
        session().needs(Capability.MULTIPLE_MAILBOXES);
        session().backdoor().createMailbox("Projects");
        Set<MailboxId> both = Set.of(session().mailbox(INBOX), session().mailbox("Projects"));
        EmailId id = emails().importEmail(content(SampleMail.named("a")), new EmailImport(both, Set.of(), null));
        assertEquals(both, session().state(id).mailboxIds());
    }

    @Test
    void import_intoSeveralMailboxes_withoutTheCapability_isUnsupportedAndAddsNothing() {
        session().needs(Capability.IMPORT);
        session().lacks(Capability.MULTIPLE_MAILBOXES);
        session().backdoor().createMailbox("Projects");
        Set<MailboxId> both = Set.of(session().mailbox(INBOX), session().mailbox("Projects"));
        Session.fails(
                Kind.UNSUPPORTED,
                () -> emails().importEmail(content(SampleMail.named("a")), new EmailImport(both, Set.of(), null)));
        assertEquals(List.of(), Session.keys(session().everything()));
    }

    @Test
    void import_ofWhatIsNoMessageOrCannotBeRead_addsNothing() {
        session().needs(Capability.IMPORT);
        Session.fails(Kind.INVALID, () -> emails().importEmail(RawContent.of(new byte[0]), inbox()));
        Session.fails(Kind.STORAGE, () -> emails().importEmail(new Unreadable(), inbox()));
        assertEquals(List.of(), Session.keys(session().everything()));
    }

    @Test
    void import_withoutTheCapability_isUnsupported() {
        session().lacks(Capability.IMPORT);
        Session.fails(Kind.UNSUPPORTED, () -> emails().importEmail(content(SampleMail.named("a")), inbox()));
    }

    @Test
    void trash_takesEmailsOutOfTheInbox_andLeavesWhatIsInIt() {
        assumeTrue(session().fixture().roles().contains(Role.TRASH), "no role: TRASH");
        EmailId id = session().delivered(SampleMail.named("a"));
        session().deliver(SampleMail.named("b"), INBOX);
        emails().trash(List.of(id));
        MailboxId trash =
                session().client().mailboxes().find(Role.TRASH).orElseThrow().id();
        Email trashed = session().find(SampleMail.named("a"));
        assertEquals(List.of("b"), session().keysIn(INBOX));
        assertEquals(Set.of(trash), trashed.mailboxIds());
        emails().trash(List.of(trashed.id()));
        assertEquals(Set.of(trash), session().find(SampleMail.named("a")).mailboxIds());
    }

    private byte[] octets(EmailId id) throws IOException {
        try (InputStream raw = emails().raw(id)) {
            return raw.readAllBytes();
        }
    }

    private EmailImport inbox() {
        return EmailImport.into(session().mailbox(INBOX));
    }

    private Emails emails() {
        return session().client().emails();
    }

    private static RawContent content(SampleMail mail) {
        return RawContent.of(mail.bytes());
    }

    /** Ends in the middle of its header. */
    private static final class Unreadable implements RawContent {
        @Override
        public long size() {
            return 100_000;
        }

        @Override
        public InputStream open() throws IOException {
            throw new IOException("gone");
        }
    }
}
