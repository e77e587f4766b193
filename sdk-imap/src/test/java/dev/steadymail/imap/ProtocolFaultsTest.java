package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.testkit.imap.ImapFault;
import dev.steadymail.testkit.imap.ImapTestServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The faults of the protocol, P1 to P12 of the catalogue, that one call meets; those of a watch are in {@link WatchFaultsTest}. */
class ProtocolFaultsTest {
    private static final String USER = "ada";
    private static final MailboxId INBOX = new MailboxId("INBOX");

    @Test
    void p1_byeAsTheGreeting_isTriedAgain() {
        try (ImapTestServer server = server(1)) {
            server.inject(new ImapFault.GreetingBye("restarting"));
            assertEquals(1, read(server.port(), emails(server, 1)).size());
        }
    }

    @Test
    void p1_byeInTheMiddleOfACommand_isTriedAgain_ifItOnlyLooks() {
        try (ImapTestServer server = server(1)) {
            server.inject(new ImapFault.ByeOn("UID FETCH", "restarting"));
            assertEquals(1, read(server.port(), emails(server, 1)).size());
        }
    }

    @Test
    void p1_byeInTheMiddleOfACommand_thatWrites_leavesItsOutcomeOpen() {
        try (ImapTestServer server = server(1)) {
            server.inject(new ImapFault.ByeOn("UID MOVE", "[UNAVAILABLE] restarting"));
            List<EmailId> ids = emails(server, 1);
            MailException failure = assertThrows(
                    MailException.class,
                    () -> call(server.port(), client -> client.emails().move(ids, INBOX, new MailboxId("Archive"))));
            assertEquals(Kind.UNAVAILABLE, failure.kind());
            assertTrue(failure.mayHaveTakenEffect());
            assertEquals(1, failure.attempts());
        }
    }

    @Test
    void p2_untaggedAnswersInBetween_areOfNoOtherEmail() {
        try (ScriptedServer server = ScriptedServer.inbox(
                3,
                command -> "* 3 EXPUNGE\r\n* 1 FETCH (FLAGS (\\Deleted))\r\n" + state(1, "\\Seen")
                        + "* 1 EXPUNGE\r\n* 7 EXISTS\r\n* 2 FETCH (FLAGS (\\Flagged) UID 99)\r\n" + state(2, "")
                        + "* VANISHED 4:6\r\n* 0 RECENT\r\n")) {
            List<Email> emails = read(server.port(), ids(1, 2, 3));
            assertEquals(List.of(1L, 2L), uids(emails));
            assertEquals(Set.of(Keyword.SEEN), emails.get(0).keywords());
            assertEquals(Set.of(), emails.get(1).keywords());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UID FETCH", "UID STORE", "UID MOVE"})
    void p3_idsOfAnotherUidValidity_reachNoEmail(String command) {
        try (ImapTestServer server = server(2)) {
            List<EmailId> before = emails(server, 2);
            long unused = server.account(USER).resetUidValidity("INBOX");
            server.clearLog();
            assertEquals(List.of(), read(server.port(), before));
            call(server.port(), client -> client.emails().move(before, INBOX, new MailboxId("Archive")));
            call(server.port(), client -> {
                client.emails().addKeyword(before, Keyword.SEEN);
                return true;
            });
            assertFalse(server.log().stream().anyMatch(line -> line.startsWith(command)));
            assertEquals(2, server.account(USER).messages("INBOX").size());
        }
    }

    @Test
    void p5_tagThatNobodyWaitsFor_answersNothing() {
        try (ScriptedServer server = ScriptedServer.inbox(
                1,
                command -> "A1 NO [AUTHENTICATIONFAILED] stale\r\nA999 BAD of another\r\nx OK odd\r\n"
                        + state(1, "\\Seen"))) {
            List<Email> emails = read(server.port(), ids(1));
            assertEquals(Set.of(Keyword.SEEN), emails.get(0).keywords());
        }
    }

    @Test
    void p5_staleRefusalDuringTheLogin_blamesNoCredentials() {
        try (ScriptedServer server = new ScriptedServer(
                "* OK [CAPABILITY IMAP4rev1] ready\r\nA0 NO [AUTHENTICATIONFAILED] of a session before",
                command -> command.startsWith("LIST") ? "* LIST () \"/\" INBOX\r\n" : "")) {
            assertEquals(
                    1, call(server.port(), client -> client.mailboxes().list()).size());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "* 1 FETCH (UID 1 FLAGS (\\Seen) RFC822.SIZE 9)\n",
                "* 1 fetch (uid 1 flags (\\seen) rfc822.size 9)\r\n",
                "* 1 FETCH (UID 1 FLAGS (\\Seen) RFC822.SIZE 9))\r\n* 1 FETCH (UID 1 FLAGS (\\Seen) RFC822.SIZE 9)\r\n",
                "\r\n* 1 FETCH (UID 1 FLAGS (\\Seen) RFC822.SIZE 9)\r\n",
                "* 1 FETCH (FLAGS (\\Seen) RFC822.SIZE 9 UID 1 X-ODD {3}\r\n)\r\n)\r\n",
                "* 2 FETCH NIL\r\n* ((((\r\n* 1 FETCH (UID 1 FLAGS (\\Seen) RFC822.SIZE 9)\r\n"
            })
    void p6_malformedAnswers_areReadOrSkipped(String odd) {
        try (ScriptedServer server = ScriptedServer.inbox(1, command -> odd)) {
            List<Email> emails = read(server.port(), ids(1));
            assertEquals(Set.of(Keyword.SEEN), emails.get(0).keywords());
        }
    }

    @Test
    void p7_moveThatIsAnsweredBad_isReplacedByCopy_andNotTriedAgain() {
        try (ImapTestServer server = server(2)) {
            server.inject(new ImapFault.BadOn("UID MOVE", "what?"));
            List<EmailId> ids = emails(server, 2);
            MailboxId archive = new MailboxId("Archive");
            call(server.port(), client -> {
                assertEquals(
                        1,
                        client.emails().move(ids.subList(0, 1), INBOX, archive).size());
                return client.emails().move(ids.subList(1, 2), INBOX, archive);
            });
            assertEquals(2, server.account(USER).messages("Archive").size());
            assertEquals(0, server.account(USER).messages("INBOX").size());
            assertEquals(
                    1,
                    server.log().stream()
                            .filter(line -> line.startsWith("UID MOVE"))
                            .count());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NO [OVERQUOTA] full, TOO_LARGE, false",
        "NO [LIMIT] rate limit hit, THROTTLED, true",
        "NO [UNAVAILABLE] a subsystem is down, THROTTLED, true",
        "NO [INUSE] locked, THROTTLED, true",
        "NO [SERVERBUG] oops, UNAVAILABLE, true",
        "NO [NOPERM] not yours, FORBIDDEN, false",
        "BAD [CLIENTBUG] what, PROTOCOL, false"
    })
    void p9_responseCodes_areOfTheirKind(String answer, Kind kind, boolean retryable) {
        try (ScriptedServer server = new ScriptedServer(
                "* OK [CAPABILITY IMAP4rev1] ready", command -> command.startsWith("EXAMINE") ? answer : "")) {
            MailException failure = assertThrows(MailException.class, () -> read(server.port(), ids(1)));
            assertEquals(kind, failure.kind());
            assertEquals(retryable, failure.isRetryable());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NO [AUTHENTICATIONFAILED] wrong, AUTH, false",
        "NO [UNAVAILABLE] the directory is down, THROTTLED, true",
        "NO [LIMIT] too many sessions, CONCURRENCY, true",
        "NO [EXPIRED] old, REAUTH_REQUIRED, false"
    })
    void p9_responseCodesOfALogin_areOfTheirKind(String answer, Kind kind, boolean retryable) {
        try (ScriptedServer server = new ScriptedServer(
                "* OK [CAPABILITY IMAP4rev1] ready", command -> command.startsWith("LOGIN") ? answer : "")) {
            MailException failure = assertThrows(MailException.class, () -> read(server.port(), ids(1)));
            assertEquals(kind, failure.kind());
            assertEquals(retryable, failure.isRetryable());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Entwürfe & Öfen", "台北", "say \"hi\" \\ back", "a{3}", "&", "~peter", "😀", "{5+}"})
    void p12_mailboxName_makesTheRoundTrip(String name) {
        try (ImapTestServer server = server(1)) {
            server.account(USER).createMailbox(name);
            call(server.port(), client -> {
                Mailbox mailbox = client.mailboxes().list().stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElseThrow();
                List<EmailId> ids = emails(server, 1);
                assertEquals(1, client.emails().move(ids, INBOX, mailbox.id()).size());
                return true;
            });
            assertEquals(1, server.account(USER).messages(name).size());
        }
    }

    @Test
    void p12_mailboxNameWithWildcards_meansThatOneOnly() {
        try (ScriptedServer server = new ScriptedServer(
                "* OK [CAPABILITY IMAP4rev1 MOVE] ready",
                command -> command.startsWith("LIST")
                        ? "* LIST () NIL \"50% *\"\r\n"
                        : command.startsWith("SELECT") ? "* 1 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n" : "")) {
            call(server.port(), client -> {
                Mailbox mailbox = client.mailboxes().list().get(0);
                assertEquals("50% *", mailbox.name());
                return client.emails().move(List.of(ImapEmailId.of(7, 1, "50% *")), mailbox.id(), INBOX);
            });
            assertTrue(
                    server.log().contains("SELECT \"50% *\""),
                    () -> server.log().toString());
        }
    }

    private static String state(long uid, String flags) {
        return "* " + uid + " FETCH (UID " + uid + " FLAGS (" + flags + ") RFC822.SIZE 9)\r\n";
    }

    private static List<Email> read(int port, List<EmailId> ids) {
        return call(port, client -> client.emails().get(ids, FetchLevel.STATE));
    }

    private static <T> T call(int port, Function<MailClient, T> work) {
        try (MailRuntime runtime = MailRuntime.builder()
                        .retryPolicy(new RetryPolicy(2, Duration.ofMillis(1), Duration.ofMillis(1)))
                        .callTimeout(Duration.ofSeconds(20))
                        .build();
                MailClient client = runtime.open(LocalServers.plain(port, USER, LocalServers.PASSWORD))) {
            return work.apply(client);
        }
    }

    private static ImapTestServer server(int emails) {
        ImapTestServer server =
                ImapTestServer.builder().user(USER, LocalServers.PASSWORD).start();
        byte[] message = "Subject: x\r\n\r\nx".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < emails; i++) {
            long unused = server.account(USER)
                    .append("INBOX", message, List.of(), OffsetDateTime.parse("2026-01-01T12:00:00Z"));
        }
        return server;
    }

    private static List<EmailId> emails(ImapTestServer server, int count) {
        long validity = server.account(USER).uidValidity("INBOX");
        return IntStream.rangeClosed(1, count)
                .mapToObj(uid -> ImapEmailId.of(validity, uid, "INBOX"))
                .toList();
    }

    private static List<EmailId> ids(int... uids) {
        return IntStream.of(uids)
                .mapToObj(uid -> ImapEmailId.of(7, uid, "INBOX"))
                .toList();
    }

    private static List<Long> uids(List<Email> emails) {
        Set<Long> uids = emails.stream()
                .map(email -> ImapEmailId.parse(email.id()).uid())
                .collect(Collectors.toCollection(TreeSet::new));
        return List.copyOf(uids);
    }
}
