package dev.steadymail.testkit.conformance;

import static dev.steadymail.testkit.conformance.Session.INBOX;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.Mailboxes;
import dev.steadymail.mail.Capability;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Mailboxes are created, renamed and removed, and what must not be is refused in its own way. */
abstract class MailboxEditingConformance {
    abstract Session session();

    @Test
    void create_mailboxIsListedAsItWasAnswered() {
        session().needs(Capability.MAILBOX_EDITING);
        Mailbox projects = mailboxes().create(List.of("Projects"));
        Mailbox engine = mailboxes().create(List.of("Projects", "Engine"));
        assertEquals(List.of("Projects"), projects.path());
        assertEquals(List.of("Projects", "Engine"), engine.path());
        assertNull(engine.role());
        assertTrue(mailboxes().list().containsAll(List.of(projects, engine)));
    }

    @Test
    void create_belowWhatIsNotThere_createsItAllTheSame() {
        session().needs(Capability.MAILBOX_EDITING);
        Mailbox leaf = mailboxes().create(List.of("Clients", "2026", "Acme"));
        assertEquals(leaf, mailboxes().find("Clients/2026/Acme").orElseThrow());
    }

    @Test
    void create_nameBeyondAscii_isKept() {
        session().needs(Capability.MAILBOX_EDITING);
        String name = "R\u00e9sum\u00e9s & \u65e5\u672c\u8a9e";
        assertEquals(List.of(name), mailboxes().create(List.of(name)).path());
        assertTrue(mailboxes().find(name).isPresent());
    }

    @Test
    void create_nameThatIsTaken_isAConflict() {
        session().needs(Capability.MAILBOX_EDITING);
        mailboxes().create(List.of("Projects"));
        Session.fails(Kind.CONFLICT, () -> mailboxes().create(List.of("Projects")));
    }

    @Test
    void create_namesThatCannotBe_areRefused() {
        session().needs(Capability.MAILBOX_EDITING);
        Session.fails(Kind.INVALID, () -> mailboxes().create(List.of()));
        Session.fails(Kind.INVALID, () -> mailboxes().create(List.of("Projects", " ")));
        Session.fails(Kind.INVALID, () -> mailboxes().create(List.of("a\r\nb")));
        Session.fails(Kind.INVALID, () -> mailboxes().create(List.of("a/b")));
        Session.fails(Set.of(Kind.CONFLICT, Kind.INVALID), () -> mailboxes().create(List.of("Inbox")));
    }

    @Test
    void rename_emailsAndMailboxesBelowGoAlong() {
        session().needs(Capability.MAILBOX_EDITING);
        MailboxId id = mailboxes().create(List.of("Projects")).id();
        mailboxes().create(List.of("Projects", "Engine"));
        session().deliver(SampleMail.named("a"), "Projects/Engine");
        Mailbox renamed = mailboxes().rename(id, List.of("Works"));
        assertEquals(List.of("Works"), renamed.path());
        assertTrue(mailboxes().find("Projects").isEmpty());
        assertEquals(List.of("a"), session().keysIn("Works/Engine"));
    }

    @Test
    void rename_toANameThatIsTaken_isAConflict() {
        session().needs(Capability.MAILBOX_EDITING);
        MailboxId id = mailboxes().create(List.of("Before")).id();
        mailboxes().create(List.of("After"));
        Session.fails(Kind.CONFLICT, () -> mailboxes().rename(id, List.of("After")));
        assertTrue(mailboxes().find("Before").isPresent());
    }

    @Test
    void destroy_mailboxIsGoneAndOthersStay() {
        session().needs(Capability.MAILBOX_EDITING);
        MailboxId id = mailboxes().create(List.of("Projects")).id();
        mailboxes().create(List.of("Kept"));
        session().deliver(SampleMail.named("a"), "Projects");
        session().deliver(SampleMail.named("b"), "Kept");
        mailboxes().destroy(id);
        assertTrue(mailboxes().find("Projects").isEmpty());
        assertEquals(List.of("b"), session().keysIn("Kept"));
    }

    @Test
    void destroy_emailsInNoOtherMailbox_stayOnlyWhereMailboxesAreLabels() {
        session().needs(Capability.MAILBOX_EDITING);
        boolean labels = session().fixture().declares().contains(Capability.MULTIPLE_MAILBOXES);
        MailboxId id = mailboxes().create(List.of("Projects")).id();
        session().deliver(SampleMail.named("a"), "Projects");
        mailboxes().destroy(id);
        assertEquals(labels ? List.of("a") : List.of(), Session.keys(session().everything()));
    }

    @Test
    void inbox_isNeitherRenamedNorRemoved() {
        session().needs(Capability.MAILBOX_EDITING);
        session().deliver(SampleMail.named("a"), INBOX);
        MailboxId inbox = session().mailbox(INBOX);
        Session.fails(Kind.FORBIDDEN, () -> mailboxes().rename(inbox, List.of("Other")));
        Session.fails(Kind.FORBIDDEN, () -> mailboxes().destroy(inbox));
        assertEquals(List.of("a"), session().keysIn(INBOX));
    }

    @Test
    void unknownMailbox_isNotFound() {
        session().needs(Capability.MAILBOX_EDITING);
        MailboxId unknown = session().fixture().unknownMailbox();
        Session.fails(Kind.NOT_FOUND, () -> mailboxes().rename(unknown, List.of("Other")));
        Session.fails(Kind.NOT_FOUND, () -> mailboxes().destroy(unknown));
    }

    @Test
    void editing_withoutTheCapability_isUnsupported() {
        session().lacks(Capability.MAILBOX_EDITING);
        MailboxId inbox = session().mailbox(INBOX);
        Session.fails(Kind.UNSUPPORTED, () -> mailboxes().create(List.of("Projects")));
        Session.fails(Kind.UNSUPPORTED, () -> mailboxes().rename(inbox, List.of("Projects")));
        Session.fails(Kind.UNSUPPORTED, () -> mailboxes().destroy(inbox));
    }

    private Mailboxes mailboxes() {
        return session().client().mailboxes();
    }
}
