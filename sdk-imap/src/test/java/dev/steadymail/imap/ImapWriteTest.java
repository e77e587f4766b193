package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailImport;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.RawContent;
import dev.steadymail.testkit.conformance.SampleMail;
import dev.steadymail.testkit.imap.ImapCapability;
import dev.steadymail.testkit.imap.ImapFault;
import dev.steadymail.testkit.imap.ImapTestServer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** APPEND and the editing of mailboxes are asked for once, and without UIDPLUS a message is found by its Message-ID. */
class ImapWriteTest {
    private static final String USER = "ada";
    private static final MailboxId INBOX = new MailboxId("INBOX");
    private static final RawContent MESSAGE =
            RawContent.of(SampleMail.named("a").bytes());

    @Test
    void append_cutAfterTheCommand_isNotRepeated() {
        try (Session session = new Session()) {
            session.server.inject(new ImapFault.DropAfterCommand("APPEND"));
            MailException failure = assertThrows(MailException.class, () -> session.add(MESSAGE));
            assertTrue(failure.mayHaveTakenEffect());
            assertEquals(1, session.messages());
        }
    }

    @Test
    void append_cutBeforeTheCommandWasDone_isNotRepeatedEither() {
        try (Session session = new Session()) {
            session.server.inject(new ImapFault.DisconnectOn("APPEND"));
            MailException failure = assertThrows(MailException.class, () -> session.add(MESSAGE));
            assertTrue(failure.mayHaveTakenEffect());
            assertEquals(0, session.messages());
        }
    }

    @Test
    void append_refused_surelyHadNoEffect() {
        try (Session session = new Session()) {
            session.server.inject(new ImapFault.NoOn("APPEND", "OVERQUOTA", "full"));
            MailException failure = assertThrows(MailException.class, () -> session.add(MESSAGE));
            assertEquals(Kind.TOO_LARGE, failure.kind());
            assertFalse(failure.mayHaveTakenEffect());
        }
    }

    @Test
    void append_withoutUidplus_findsTheMessageAmongWhatArrivedSince() {
        try (Session session = new Session(ImapCapability.UIDPLUS)) {
            EmailId first = session.add(MESSAGE);
            EmailId second = session.add(MESSAGE);
            assertFalse(first.equals(second));
            assertEquals(
                    2,
                    session.mail
                            .emails()
                            .get(List.of(first, second), FetchLevel.STATE)
                            .size());
        }
    }

    @Test
    void append_withoutUidplusAndMessageId_saysThatItIsThere() {
        RawContent nameless = RawContent.of("Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.US_ASCII));
        try (Session session = new Session(ImapCapability.UIDPLUS)) {
            MailException failure = assertThrows(MailException.class, () -> session.add(nameless));
            assertTrue(failure.mayHaveTakenEffect());
            assertFalse(failure.isRetryable());
            assertEquals(1, session.messages());
        }
    }

    @Test
    void append_lookUpAfterItFails_isNotRepeated() {
        try (Session session = new Session(ImapCapability.UIDPLUS)) {
            session.server.inject(new ImapFault.DisconnectOn("UID SEARCH"));
            MailException failure = assertThrows(MailException.class, () -> session.add(MESSAGE));
            assertTrue(failure.mayHaveTakenEffect());
            assertEquals(1, session.messages());
        }
    }

    @Test
    void append_contentOfAnotherSizeThanItSays_isStorageAndAddsNothing() {
        try (Session session = new Session()) {
            for (int difference : List.of(-1, 1)) {
                RawContent changed = new Changed(MESSAGE.size() + difference);
                MailException failure = assertThrows(MailException.class, () -> session.add(changed));
                assertEquals(Kind.STORAGE, failure.kind());
                assertFalse(failure.mayHaveTakenEffect());
            }
            assertEquals(0, session.messages());
            assertTrue(session.add(MESSAGE).value().endsWith("INBOX"));
        }
    }

    @Test
    void append_keywordThatIsMadeUp_isKept() {
        try (Session session = new Session()) {
            Keyword project = new Keyword("project-x");
            EmailId id = session.mail
                    .emails()
                    .importEmail(MESSAGE, EmailImport.into(INBOX).with(Set.of(project)));
            assertEquals(
                    Set.of(project),
                    session.mail.emails().get(id, FetchLevel.STATE).keywords());
        }
    }

    @Test
    void drafts_withoutUidplus_areUnsupportedAndAddNothing() {
        try (Session session = new Session(ImapCapability.UIDPLUS)) {
            MailException failure = assertThrows(
                    MailException.class, () -> session.mail.drafts().create(MESSAGE));
            assertEquals(Kind.UNSUPPORTED, failure.kind());
            assertTrue(session.server.log().stream().noneMatch(line -> line.contains("APPEND")));
        }
    }

    @Test
    void replaceDraft_cutBeforeTheOldOneIsRemoved_isGoneOnWith() {
        try (Session session = new Session()) {
            EmailId draft = session.mail.drafts().create(MESSAGE);
            session.server.inject(new ImapFault.DisconnectOn("UID EXPUNGE"));
            EmailId replaced = session.mail.drafts().replace(draft, MESSAGE);
            assertEquals(
                    List.of(replaced),
                    session.mail.drafts().list().stream()
                            .map(email -> email.id())
                            .toList());
        }
    }

    @Test
    void create_lostAnswer_isNotRepeated() {
        try (Session session = new Session()) {
            session.server.inject(new ImapFault.DropAfterCommand("CREATE"));
            MailException failure = assertThrows(
                    MailException.class, () -> session.mail.mailboxes().create(List.of("Projects")));
            assertTrue(failure.mayHaveTakenEffect());
            assertTrue(session.mail.mailboxes().find("Projects").isPresent());
        }
    }

    @Test
    void create_lostSubscription_changesNothing() {
        try (Session session = new Session()) {
            session.server.inject(new ImapFault.DisconnectOn("SUBSCRIBE"));
            assertEquals(
                    List.of("Projects"),
                    session.mail.mailboxes().create(List.of("Projects")).path());
        }
    }

    @Test
    void create_nameThatTheServerCannotHave_isInvalid() {
        try (Session session = new Session()) {
            session.server.inject(new ImapFault.NoOn("CREATE", "CANNOT", "Invalid mailbox name"));
            MailException failure = assertThrows(
                    MailException.class, () -> session.mail.mailboxes().create(List.of("Projects")));
            assertEquals(Kind.INVALID, failure.kind());
            assertFalse(failure.mayHaveTakenEffect());
        }
    }

    private record Changed(long size) implements RawContent {
        @Override
        public InputStream open() {
            return new ByteArrayInputStream(SampleMail.named("a").bytes());
        }
    }

    private static final class Session implements AutoCloseable {
        final ImapTestServer server;
        final MailClient mail;
        private final MailRuntime runtime = MailRuntime.builder()
                .retryPolicy(new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(2)))
                .build();

        Session(ImapCapability... without) {
            server = ImapTestServer.builder()
                    .user(USER, LocalServers.PASSWORD)
                    .without(without)
                    .start();
            mail = runtime.open(LocalServers.plain(server.port(), USER, LocalServers.PASSWORD));
        }

        EmailId add(RawContent content) {
            return mail.emails().importEmail(content, EmailImport.into(INBOX));
        }

        int messages() {
            return server.account(USER).messages("INBOX").size();
        }

        @Override
        public void close() {
            runtime.close();
            server.close();
        }
    }
}
