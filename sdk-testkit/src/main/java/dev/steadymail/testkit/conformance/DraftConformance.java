package dev.steadymail.testkit.conformance;

import static dev.steadymail.testkit.conformance.Session.INBOX;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steadymail.Drafts;
import dev.steadymail.MailClient;
import dev.steadymail.mail.Capability;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.Role;
import dev.steadymail.mail.SendResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
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
        Session.fails(Kind.CONFLICT, () -> drafts().replace(before, content(SampleMail.named("c"))));
        Session.fails(Kind.CONFLICT, () -> drafts().discard(before));
        assertEquals(List.of(), session().client().emails().get(List.of(before), FetchLevel.STATE));
        assertEquals(List.of("b"), Session.keys(drafts().list().stream().toList()));
    }

    @Test
    void emailThatIsNoDraft_isLeftAlone() {
        session().needs(Capability.DRAFTS);
        EmailId id = session().delivered(SampleMail.named("a"));
        Session.fails(Kind.CONFLICT, () -> drafts().replace(id, content(SampleMail.named("b"))));
        Session.fails(Kind.CONFLICT, () -> drafts().discard(id));
        assertEquals(List.of("a"), session().keysIn(INBOX));
        assertEquals(List.of(), ids());
    }

    @Test
    void draftThatAnotherClientReplaced_isAConflictAndTheirs() {
        session().needs(Capability.DRAFTS);
        EmailId stale = drafts().create(content(SampleMail.named("a")));
        EmailId theirs = other(drafts -> drafts.replace(stale, content(SampleMail.named("b"))));
        assertConflicts(stale);
        assertEquals(List.of(theirs), ids());
        assertEquals(List.of("b"), Session.keys(drafts().list().stream().toList()));
    }

    @Test
    void draftThatAnotherClientRemoved_isAConflict() {
        session().needs(Capability.DRAFTS);
        SampleMail mail = SampleMail.named("a");
        EmailId stale = drafts().create(content(mail));
        session().backdoor().remove(mail.messageId());
        assertConflicts(stale);
        assertEquals(List.of(), ids());
    }

    @Test
    void draftThatAnotherClientSent_isAConflictAndSentOnce() {
        session().needs(Capability.DRAFTS);
        session().needs(Capability.SEND);
        EmailId stale = drafts().create(content(SampleMail.named("a")));
        SendResult unused = other(drafts -> drafts.send(stale));
        assertConflicts(stale);
        Session.fails(Kind.CONFLICT, () -> drafts().send(stale));
        assertEquals(List.of(), ids());
        assertEquals(List.of("a"), Session.keys(session().everything()));
    }

    @Test
    void idThatNeverWasOne_isAConflict() {
        session().needs(Capability.DRAFTS);
        assertConflicts(new EmailId("no-such-draft"));
    }

    @Test
    void draftThatIsRemovedWhileItIsReplaced_isAConflictAndLeavesNone() {
        session().needs(Capability.DRAFTS);
        EmailId draft = drafts().create(content(SampleMail.named("a")));
        RawContent late = new LateContent(
                SampleMail.named("b"),
                () -> other(drafts -> {
                    drafts.discard(draft);
                    return draft;
                }));
        MailException conflict = Session.fails(Kind.CONFLICT, () -> drafts().replace(draft, late));
        assertFalse(conflict.mayHaveTakenEffect());
        assertEquals(List.of(), ids());
    }

    /** There is one draft afterwards, of a client whose call succeeded; who got CONFLICT knows that its message is not kept. */
    @Test
    void draftThatIsReplacedWhileItIsReplaced_isOneDraft() {
        session().needs(Capability.DRAFTS);
        EmailId draft = drafts().create(content(SampleMail.named("a")));
        List<EmailId> handles = new ArrayList<>();
        RawContent late = new LateContent(
                SampleMail.named("b"),
                () -> handles.add(other(drafts -> drafts.replace(draft, content(SampleMail.named("c"))))));
        try {
            handles.add(drafts().replace(draft, late));
        } catch (MailException conflict) {
            assertEquals(Kind.CONFLICT, conflict.kind());
            assertFalse(conflict.mayHaveTakenEffect());
        }
        assertEquals(List.of(handles.get(handles.size() - 1)), ids());
    }

    @Test
    void replacementsAtTheSameTime_leaveOneDraftOfAWinner() throws InterruptedException {
        session().needs(Capability.DRAFTS);
        EmailId draft = drafts().create(content(SampleMail.named("a")));
        Set<EmailId> won = ConcurrentHashMap.newKeySet();
        List<MailException> lost = new CopyOnWriteArrayList<>();
        List<Thread> clients = new ArrayList<>();
        CountDownLatch start = new CountDownLatch(1);
        for (String name : List.of("b", "c")) {
            clients.add(new Thread(() -> {
                try (MailClient client =
                        session().runtime().open(session().fixture().account())) {
                    start.await();
                    won.add(client.drafts().replace(draft, content(SampleMail.named(name))));
                } catch (MailException failure) {
                    lost.add(failure);
                } catch (InterruptedException interrupt) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        clients.forEach(Thread::start);
        start.countDown();
        for (Thread client : clients) {
            client.join();
        }
        assertTrue(lost.stream().allMatch(failure -> failure.kind() == Kind.CONFLICT));
        assertEquals(2, won.size() + lost.size());
        assertEquals(1, ids().size());
        assertTrue(won.containsAll(ids()));
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
        Session.fails(Kind.CONFLICT, () -> drafts().send(draft));
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

    private void assertConflicts(EmailId stale) {
        MailException conflict =
                Session.fails(Kind.CONFLICT, () -> drafts().replace(stale, content(SampleMail.named("z"))));
        assertFalse(conflict.mayHaveTakenEffect());
        assertTrue(String.valueOf(conflict.getMessage()).contains("list the drafts again"));
        Session.fails(Kind.CONFLICT, () -> drafts().discard(stale));
    }

    /** What another client of the same account does, with connections of its own. */
    private <T> T other(Function<Drafts, T> action) {
        try (MailClient client = session().runtime().open(session().fixture().account())) {
            return action.apply(client.drafts());
        }
    }

    /** A message during whose way to the server something else happens first, once. */
    private record LateContent(SampleMail mail, Runnable before, AtomicBoolean done) implements RawContent {
        LateContent(SampleMail mail, Runnable before) {
            this(mail, before, new AtomicBoolean());
        }

        @Override
        public long size() {
            return mail.bytes().length;
        }

        @Override
        public InputStream open() {
            if (done.compareAndSet(false, true)) {
                before.run();
            }
            return new ByteArrayInputStream(mail.bytes());
        }
    }

    private static RawContent content(SampleMail mail) {
        return RawContent.of(mail.bytes());
    }
}
