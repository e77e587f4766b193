package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.testkit.imap.ImapCapability;
import dev.steadymail.testkit.imap.ImapFault;
import dev.steadymail.testkit.imap.ImapTestAccount;
import dev.steadymail.testkit.imap.ImapTestServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImapMoveTest {
    private static final String USER = "ada";
    private static final MailboxId INBOX = new MailboxId("INBOX");
    private static final MailboxId ARCHIVE = new MailboxId("Archive");

    @Test
    void withoutMove_copiesAndExpungesThoseOnly() {
        try (ImapTestServer server = start(ImapCapability.MOVE)) {
            server.account(USER).setFlags("INBOX", 2, List.of("\\Deleted"));
            Map<EmailId, EmailId> moved = move(server);
            assertEquals(1, moved.size());
            assertEquals(List.of(2L), uids(server, "INBOX"));
            assertEquals(List.of(1L), uids(server, "Archive"));
        }
    }

    @Test
    void withoutMoveAndUidplus_leavesTheOriginalMarked() {
        try (ImapTestServer server = start(ImapCapability.MOVE, ImapCapability.UIDPLUS)) {
            assertTrue(move(server).isEmpty());
            assertEquals(List.of(1L, 2L), uids(server, "INBOX"));
            assertTrue(server.account(USER).messages("INBOX").get(0).flags().contains("\\Deleted"));
            assertTrue(server.log().stream().noneMatch(line -> line.contains("EXPUNGE")));
        }
    }

    @Test
    void cutAfterTheCopy_isNotRepeated() {
        try (ImapTestServer server = start(ImapCapability.MOVE)) {
            server.inject(new ImapFault.DisconnectOn("UID STORE"));
            MailException failure = assertThrows(MailException.class, () -> move(server));
            assertTrue(failure.mayHaveTakenEffect());
            assertEquals(1, uids(server, "Archive").size());
        }
    }

    @Test
    void refusalAfterTheCopy_isNotRepeated() {
        try (ImapTestServer server = start(ImapCapability.MOVE)) {
            server.inject(new ImapFault.NoOn("UID STORE", "INUSE", "later"));
            MailException failure = assertThrows(MailException.class, () -> move(server));
            assertTrue(failure.mayHaveTakenEffect());
            assertEquals(1, uids(server, "Archive").size());
        }
    }

    @Test
    void cutBeforeTheMove_isRepeatedSinceNothingWasDone() {
        try (ImapTestServer server = start()) {
            server.inject(new ImapFault.DisconnectOn("SELECT"));
            assertEquals(1, move(server).size());
            assertEquals(1, uids(server, "Archive").size());
        }
    }

    @Test
    void cutDuringTheMove_isNotRepeated() {
        try (ImapTestServer server = start()) {
            server.inject(new ImapFault.DropAfterCommand("UID MOVE"));
            MailException failure = assertThrows(MailException.class, () -> move(server));
            assertEquals(Optional.of(true), failure.effect());
            assertEquals(1, uids(server, "Archive").size());
        }
    }

    @Test
    void noConnection_surelyHadNoEffect() {
        try (MailRuntime runtime = MailRuntime.builder()
                        .retryPolicy(new RetryPolicy(1, Duration.ZERO, Duration.ZERO))
                        .build();
                MailClient client = runtime.open(LocalServers.plain(LocalServers.closedPort(), USER, "secret"))) {
            MailException failure = assertThrows(
                    MailException.class,
                    () -> client.emails().move(List.of(ImapEmailId.of(1, 1, "INBOX")), INBOX, ARCHIVE));
            assertEquals(Optional.of(false), failure.effect());
        }
    }

    @Test
    void emailThatArrivedAfterTheMailboxWasOpened_isSeenAndChanged() {
        try (ImapTestServer server = start();
                MailRuntime runtime = MailRuntime.create();
                MailClient client = runtime.open(LocalServers.plain(server.port(), USER, LocalServers.PASSWORD))) {
            client.emails().addKeyword(List.of(id(server, 1)), Keyword.FLAGGED);
            deliver(server.account(USER));
            assertEquals(
                    1,
                    client.emails()
                            .get(List.of(id(server, 3)), FetchLevel.STATE)
                            .size());
            deliver(server.account(USER));
            client.emails().addKeyword(List.of(id(server, 4)), Keyword.FLAGGED);
            assertEquals(
                    Set.of("\\Flagged"),
                    server.account(USER).messages("INBOX").get(3).flags());
        }
    }

    private static Map<EmailId, EmailId> move(ImapTestServer server) {
        try (MailRuntime runtime = MailRuntime.create();
                MailClient client = runtime.open(LocalServers.plain(server.port(), USER, LocalServers.PASSWORD))) {
            return client.emails().move(List.of(id(server, 1)), INBOX, ARCHIVE);
        }
    }

    private static EmailId id(ImapTestServer server, long uid) {
        return ImapEmailId.of(server.account(USER).uidValidity("INBOX"), uid, "INBOX");
    }

    private static List<Long> uids(ImapTestServer server, String mailbox) {
        return server.account(USER).messages(mailbox).stream()
                .map(message -> message.uid())
                .toList();
    }

    private static ImapTestServer start(ImapCapability... missing) {
        ImapTestServer server = ImapTestServer.builder()
                .user(USER, LocalServers.PASSWORD)
                .without(missing)
                .start();
        deliver(server.account(USER));
        deliver(server.account(USER));
        return server;
    }

    private static void deliver(ImapTestAccount account) {
        long unused = account.append(
                "INBOX",
                "Subject: x\r\n\r\nx".getBytes(StandardCharsets.US_ASCII),
                List.of(),
                OffsetDateTime.parse("2026-01-01T12:00:00Z"));
    }
}
