package dev.steadymail.testkit.conformance;

import static dev.steadymail.testkit.conformance.Session.INBOX;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steadymail.Emails;
import dev.steadymail.mail.Capability;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailThread;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import dev.steadymail.mail.ThreadId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Keywords, moves, removal and threads do what they say, or say that they cannot. */
abstract class StateConformance {
    private static final Keyword CUSTOM = new Keyword("project-x");

    abstract Session session();

    @Test
    void keywords_addedAndRemoved_show() {
        EmailId id = session().delivered(SampleMail.named("a"));
        emails().addKeyword(List.of(id), Keyword.SEEN);
        emails().addKeyword(List.of(id), Keyword.FLAGGED);
        assertEquals(Set.of(Keyword.SEEN, Keyword.FLAGGED), session().state(id).keywords());
        emails().changeKeywords(List.of(id), Set.of(), Set.of(Keyword.SEEN));
        assertEquals(Set.of(Keyword.FLAGGED), session().state(id).keywords());
    }

    @Test
    void keywords_onManyEmails_changeOnlyThose() {
        EmailId first = session().delivered(SampleMail.named("a"));
        EmailId second = session().delivered(SampleMail.named("b"));
        EmailId other = session().delivered(SampleMail.named("c"));
        emails().addKeyword(List.of(first, second), Keyword.SEEN);
        assertEquals(Set.of(Keyword.SEEN), session().state(second).keywords());
        assertEquals(Set.of(), session().state(other).keywords());
    }

    @Test
    void keywords_setTwice_areSetOnce() {
        EmailId id = session().delivered(SampleMail.named("a"));
        emails().addKeyword(List.of(id), Keyword.FLAGGED);
        emails().addKeyword(List.of(id), Keyword.FLAGGED);
        assertEquals(Set.of(Keyword.FLAGGED), session().state(id).keywords());
    }

    @Test
    void keywords_custom_areKeptWithTheCapability() {
        session().needs(Capability.CUSTOM_KEYWORDS);
        EmailId id = session().delivered(SampleMail.named("a"));
        emails().addKeyword(List.of(id), CUSTOM);
        assertEquals(Set.of(CUSTOM), session().state(id).keywords());
    }

    @Test
    void keywords_custom_withoutTheCapability_areUnsupported() {
        session().lacks(Capability.CUSTOM_KEYWORDS);
        EmailId id = session().delivered(SampleMail.named("a"));
        Session.fails(Kind.UNSUPPORTED, () -> emails().addKeyword(List.of(id), CUSTOM));
    }

    @Test
    void move_takesTheEmailFromSourceToTarget() {
        EmailId id = delivered("a", "Projects");
        Map<EmailId, EmailId> moved =
                emails().move(List.of(id), session().mailbox(INBOX), session().mailbox("Projects"));
        assertEquals(List.of(), session().keysIn(INBOX));
        assertEquals(List.of("a"), session().keysIn("Projects"));
        if (moved.get(id) != null) {
            assertEquals(
                    Set.of(session().mailbox("Projects")),
                    session().state(moved.get(id)).mailboxIds());
        }
    }

    @Test
    void move_keepsMarksTimeAndContent() {
        session().backdoor().createMailbox("Projects");
        session().deliver(SampleMail.named("a"), INBOX, Keyword.FLAGGED);
        Email before = session().find(SampleMail.named("a"));
        emails().move(List.of(before.id()), session().mailbox(INBOX), session().mailbox("Projects"));
        Email after = session().find(SampleMail.named("a"));
        assertEquals(before.keywords(), after.keywords());
        assertEquals(before.receivedAt(), after.receivedAt());
        assertEquals(before.subject(), after.subject());
    }

    @Test
    void move_leavesOtherMailboxesAlone() {
        session().needs(Capability.MULTIPLE_MAILBOXES);
        EmailId id = delivered("a", "Projects");
        session().backdoor().createMailbox("Kept");
        session().backdoor().addTo("Kept", SampleMail.named("a").messageId());
        emails().move(List.of(id), session().mailbox(INBOX), session().mailbox("Projects"));
        assertEquals(
                Set.of(session().mailbox("Kept"), session().mailbox("Projects")),
                session().find(SampleMail.named("a")).mailboxIds());
    }

    @Test
    void move_toUnknownMailbox_isNotFoundAndMovesNothing() {
        EmailId id = session().delivered(SampleMail.named("a"));
        MailboxId unknown = session().fixture().unknownMailbox();
        Session.fails(Kind.NOT_FOUND, () -> emails().move(List.of(id), session().mailbox(INBOX), unknown));
        assertEquals(List.of("a"), session().keysIn(INBOX));
    }

    @Test
    void archive_takesTheEmailOutOfTheInbox() {
        Set<Role> roles = session().fixture().roles();
        assumeTrue(roles.contains(Role.ARCHIVE) || roles.contains(Role.ALL), "no role: ARCHIVE or ALL");
        EmailId id = session().delivered(SampleMail.named("a"));
        emails().archive(List.of(id));
        assertEquals(List.of(), session().keysIn(INBOX));
        assertNotNull(session().find(SampleMail.named("a")));
    }

    @Test
    void destroy_removesOnlyWhatWasNamed() {
        session().needs(Capability.DESTROY);
        EmailId id = session().delivered(SampleMail.named("a"));
        session().deliver(SampleMail.named("b"), INBOX, Keyword.SEEN);
        emails().destroy(List.of(id));
        assertEquals(List.of(), emails().get(List.of(id), FetchLevel.STATE));
        assertEquals(List.of("b"), session().keysIn(INBOX));
    }

    @Test
    void destroy_withoutTheCapability_isUnsupported() {
        session().lacks(Capability.DESTROY);
        EmailId id = session().delivered(SampleMail.named("a"));
        Session.fails(Kind.UNSUPPORTED, () -> emails().destroy(List.of(id)));
    }

    @Test
    void thread_holdsTheConversationOldestFirst() {
        session().needs(Capability.THREADS);
        SampleMail question = SampleMail.named("question");
        SampleMail answer = SampleMail.named("answer").answering(question).at(SampleMail.NOON.plusSeconds(60));
        EmailId first = session().delivered(question);
        EmailId second = session().delivered(answer);
        session().deliver(SampleMail.named("elsewhere"), INBOX);
        EmailThread thread = session().client().thread(threadOf(first));
        assertEquals(List.of(first, second), thread.emailIds());
    }

    @Test
    void thread_withoutTheCapability_isUnsupported() {
        session().lacks(Capability.THREADS);
        Session.fails(Kind.UNSUPPORTED, () -> session().client().thread(new ThreadId("1")));
    }

    private ThreadId threadOf(EmailId id) {
        ThreadId thread = session().state(id).threadId();
        assertNotNull(thread);
        return thread;
    }

    private EmailId delivered(String key, String otherMailbox) {
        session().backdoor().createMailbox(otherMailbox);
        return session().delivered(SampleMail.named(key));
    }

    private Emails emails() {
        return session().client().emails();
    }
}
