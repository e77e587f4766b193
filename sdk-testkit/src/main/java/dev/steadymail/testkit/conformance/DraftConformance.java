package dev.steadymail.testkit.conformance;

import static dev.steadymail.testkit.conformance.Session.INBOX;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steadymail.Drafts;
import dev.steadymail.mail.Capability;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.Role;
import dev.steadymail.mail.SendResult;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Drafts are kept, replaced, discarded and sent, and only they are. */
abstract class DraftConformance {
    abstract Session session();

    @Test
    void create_draftIsAnEmailInItsMailbox() throws IOException {
        session().needs(Capability.DRAFTS);
        SampleMail mail = SampleMail.named("a");
        EmailId id = drafts().create(content(mail));
        Email draft = session().state(id);
        MailboxId mailbox =
                session().client().mailboxes().find(Role.DRAFTS).orElseThrow().id();
        assertEquals(Set.of(mailbox), draft.mailboxIds());
        assertTrue(draft.keywords().contains(Keyword.DRAFT));
        try (InputStream raw = session().client().emails().raw(id)) {
            assertArrayEquals(mail.bytes(), raw.readAllBytes());
        }
    }

    @Test
    void list_holdsEveryDraftOnce() {
        session().needs(Capability.DRAFTS);
        EmailId first = drafts().create(content(SampleMail.named("a")));
        EmailId second = drafts().create(content(SampleMail.named("b")));
        assertEquals(Set.of(first, second), Set.copyOf(ids()));
        assertEquals(2, ids().size());
    }

    @Test
    void replace_leavesOneDraftUnderItsNewId() {
        session().needs(Capability.DRAFTS);
        EmailId before = drafts().create(content(SampleMail.named("a")));
        EmailId after = drafts().replace(before, content(SampleMail.named("b")));
        assertEquals(List.of(after), ids());
        assertEquals(List.of("b"), Session.keys(drafts().list().stream().toList()));
    }

    @Test
    void replaced_draftsOldIdNamesNothing() {
        session().needs(Capability.DRAFTS);
        EmailId before = drafts().create(content(SampleMail.named("a")));
        EmailId after = drafts().replace(before, content(SampleMail.named("b")));
        assertTrue(!after.equals(before), "an email never changes");
        Session.fails(Kind.NOT_FOUND, () -> drafts().replace(before, content(SampleMail.named("c"))));
        Session.fails(Kind.NOT_FOUND, () -> drafts().discard(before));
        assertEquals(List.of(), session().client().emails().get(List.of(before), FetchLevel.STATE));
        assertEquals(List.of("b"), Session.keys(drafts().list().stream().toList()));
    }

    @Test
    void emailThatIsNoDraft_isLeftAlone() {
        session().needs(Capability.DRAFTS);
        EmailId id = session().delivered(SampleMail.named("a"));
        Session.fails(Kind.NOT_FOUND, () -> drafts().replace(id, content(SampleMail.named("b"))));
        Session.fails(Kind.NOT_FOUND, () -> drafts().discard(id));
        assertEquals(List.of("a"), session().keysIn(INBOX));
        assertEquals(List.of(), ids());
    }

    @Test
    void discard_removesThatDraftOnly() {
        session().needs(Capability.DRAFTS);
        EmailId id = drafts().create(content(SampleMail.named("a")));
        EmailId kept = drafts().create(content(SampleMail.named("b")));
        drafts().discard(id);
        assertEquals(List.of(kept), ids());
    }

    @Test
    void send_endsTheDraftAndLeavesOneCopyInSent() {
        session().needs(Capability.DRAFTS);
        session().needs(Capability.SEND);
        assumeTrue(session().fixture().roles().contains(Role.SENT), "no role: SENT");
        EmailId draft = drafts().create(content(SampleMail.named("a")));
        SendResult result = drafts().send(draft);
        EmailId sent = result.fold(SendResult.Sent::emailId, unknown -> {
            throw new AssertionError("an answer came", unknown.cause());
        });
        MailboxId mailbox =
                session().client().mailboxes().find(Role.SENT).orElseThrow().id();
        assertTrue(session().state(sent).mailboxIds().contains(mailbox));
        assertEquals(List.of(), ids());
        Session.fails(Kind.NOT_FOUND, () -> drafts().send(draft));
        assertEquals(List.of("a"), Session.keys(session().everything()));
    }

    @Test
    void send_withoutTheCapability_isUnsupportedAndKeepsTheDraft() {
        session().needs(Capability.DRAFTS);
        session().lacks(Capability.SEND);
        EmailId draft = drafts().create(content(SampleMail.named("a")));
        Session.fails(Kind.UNSUPPORTED, () -> drafts().send(draft));
        assertEquals(List.of(draft), ids());
    }

    @Test
    void drafts_withoutTheCapability_areUnsupported() {
        session().lacks(Capability.DRAFTS);
        EmailId id = new EmailId("1");
        Session.fails(Kind.UNSUPPORTED, () -> drafts().create(content(SampleMail.named("a"))));
        Session.fails(Kind.UNSUPPORTED, () -> drafts().replace(id, content(SampleMail.named("a"))));
        Session.fails(Kind.UNSUPPORTED, () -> drafts().discard(id));
    }

    private List<EmailId> ids() {
        return drafts().list().stream().map(Email::id).toList();
    }

    private Drafts drafts() {
        return session().client().drafts();
    }

    private static RawContent content(SampleMail mail) {
        return RawContent.of(mail.bytes());
    }
}
