package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.RawContent;
import dev.steadymail.testkit.conformance.SampleMail;
import dev.steadymail.testkit.imap.ImapCapability;
import dev.steadymail.testkit.imap.ImapFault;
import dev.steadymail.testkit.imap.ImapTestServer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two clients at one draft: with CONDSTORE one of them wins, and cuts leave two drafts rather than none. */
class DraftRaceTest {
    private static final String USER = "ada";

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void replacedByAnotherWhileOursIsAdded_isTakenBack(boolean condstore) {
        try (Session session = new Session(condstore)) {
            EmailId draft = session.mail.drafts().create(message("a"));
            List<EmailId> theirs = new ArrayList<>();
            RawContent late =
                    session.late(() -> theirs.add(session.other.drafts().replace(draft, message("theirs"))));
            MailException conflict = assertThrows(
                    MailException.class, () -> session.mail.drafts().replace(draft, late));
            assertEquals(Kind.CONFLICT, conflict.kind());
            assertFalse(conflict.mayHaveTakenEffect());
            assertEquals(theirs, session.drafts());
            assertEquals(1, session.messages());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void markedByAnotherWhileOursIsAdded_isTakenBack(boolean condstore) {
        try (Session session = new Session(condstore)) {
            EmailId draft = session.mail.drafts().create(message("a"));
            RawContent late = session.late(() -> session.change(draft, Keyword.DELETED));
            MailException conflict = assertThrows(
                    MailException.class, () -> session.mail.drafts().replace(draft, late));
            assertEquals(Kind.CONFLICT, conflict.kind());
            assertEquals(List.of(draft), session.drafts());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void flaggedByAnotherWhileOursIsAdded_isReplacedAllTheSame(boolean condstore) {
        try (Session session = new Session(condstore)) {
            EmailId draft = session.mail.drafts().create(message("a"));
            RawContent late = session.late(() -> session.change(draft, Keyword.FLAGGED));
            EmailId replaced = session.mail.drafts().replace(draft, late);
            assertEquals(List.of(replaced), session.drafts());
        }
    }

    @Test
    void oursThatCannotBeTakenBack_isTold() {
        try (Session session = new Session(true)) {
            EmailId draft = session.mail.drafts().create(message("a"));
            RawContent late = session.late(() -> {
                session.other.drafts().discard(draft);
                session.server.inject(new ImapFault.NoOn("UID STORE", "NOPERM", "no"));
            });
            MailException conflict = assertThrows(
                    MailException.class, () -> session.mail.drafts().replace(draft, late));
            assertEquals(Kind.CONFLICT, conflict.kind());
            assertTrue(conflict.mayHaveTakenEffect());
            assertEquals(1, session.drafts().size());
        }
    }

    /** Nobody can tell whose mark it is that is there afterwards; taking ours back might leave none. */
    @ParameterizedTest
    @ValueSource(strings = {"UID STORE", "UID EXPUNGE"})
    void lostAnswers_leaveOurs(String command) {
        for (ImapFault fault : List.of(new ImapFault.DropAfterCommand(command), new ImapFault.DisconnectOn(command))) {
            try (Session session = new Session(true)) {
                EmailId draft = session.mail.drafts().create(message("a"));
                session.server.inject(fault);
                EmailId replaced = session.mail.drafts().replace(draft, message("b"));
                assertEquals(List.of(replaced), session.drafts());
            }
        }
    }

    /** Dovecot keeps no mod-sequences of a mailbox before somebody asks for them, and would let both win. */
    @Test
    void replacing_asksForModSequences() {
        try (Session session = new Session(true)) {
            EmailId draft = session.mail.drafts().create(message("a"));
            session.server.clearLog();
            EmailId unused = session.mail.drafts().replace(draft, message("b"));
            List<String> said = session.server.log();
            assertTrue(said.stream().anyMatch(line -> line.matches(".*SELECT .*CONDSTORE.*")), said::toString);
            assertTrue(said.stream().anyMatch(line -> line.contains("UNCHANGEDSINCE")), said::toString);
        }
    }

    @Test
    void replacementsAtTheSameTime_haveOneWinner() throws InterruptedException {
        try (Session session = new Session(true)) {
            for (int round = 0; round < 20; round++) {
                EmailId draft = session.mail.drafts().create(message("a"));
                List<EmailId> won = new CopyOnWriteArrayList<>();
                List<MailException> lost = new CopyOnWriteArrayList<>();
                CountDownLatch start = new CountDownLatch(1);
                List<Thread> threads = List.of(
                        new Thread(() -> replace(session.mail, draft, start, won, lost)),
                        new Thread(() -> replace(session.other, draft, start, won, lost)));
                threads.forEach(Thread::start);
                start.countDown();
                for (Thread thread : threads) {
                    thread.join();
                }
                assertEquals(1, won.size(), () -> "lost " + lost);
                assertEquals(
                        List.of(Kind.CONFLICT),
                        lost.stream().map(MailException::kind).toList());
                assertEquals(won, session.drafts());
                session.mail.drafts().discard(won.get(0));
            }
        }
    }

    private static void replace(
            MailClient mail, EmailId draft, CountDownLatch start, List<EmailId> won, List<MailException> lost) {
        try {
            start.await();
            won.add(mail.drafts().replace(draft, message("b")));
        } catch (MailException failure) {
            lost.add(failure);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }

    private static RawContent message(String name) {
        return RawContent.of(SampleMail.named(name).bytes());
    }

    private static final class Session implements AutoCloseable {
        final ImapTestServer server;
        final MailClient mail;
        final MailClient other;
        private final MailRuntime runtime = MailRuntime.builder()
                .retryPolicy(new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(2)))
                .build();

        Session(boolean condstore) {
            ImapCapability[] without = condstore
                    ? new ImapCapability[0]
                    : new ImapCapability[] {ImapCapability.CONDSTORE, ImapCapability.QRESYNC};
            server = ImapTestServer.builder()
                    .user(USER, LocalServers.PASSWORD)
                    .without(without)
                    .start();
            mail = runtime.open(LocalServers.plain(server.port(), USER, LocalServers.PASSWORD));
            other = runtime.open(LocalServers.plain(server.port(), USER, LocalServers.PASSWORD));
        }

        List<EmailId> drafts() {
            return mail.drafts().list().stream().map(email -> email.id()).toList();
        }

        int messages() {
            return server.account(USER).messages("Drafts").size();
        }

        void change(EmailId draft, Keyword keyword) {
            other.emails().addKeyword(List.of(draft), keyword);
        }

        /** Returns a message on whose way to the server something else happens first, once. */
        RawContent late(Runnable before) {
            byte[] octets = SampleMail.named("late").bytes();
            AtomicBoolean done = new AtomicBoolean();
            return new RawContent() {
                @Override
                public long size() {
                    return octets.length;
                }

                @Override
                public InputStream open() {
                    if (done.compareAndSet(false, true)) {
                        before.run();
                    }
                    return new ByteArrayInputStream(octets);
                }
            };
        }

        @Override
        public void close() {
            runtime.close();
            server.close();
        }
    }
}
