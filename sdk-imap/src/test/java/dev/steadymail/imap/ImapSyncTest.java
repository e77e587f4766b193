package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.imap.ImapAccount.Security;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.ChangePage.Mode;
import dev.steadymail.sync.EmailLoader.Loaded;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.sync.SyncReport;
import dev.steadymail.testkit.imap.ImapCapability;
import dev.steadymail.testkit.imap.ImapFault;
import dev.steadymail.testkit.imap.ImapTestServer;
import dev.steadymail.testkit.memory.InMemorySyncStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImapSyncTest {
    private static final String USER = "ada";
    private static final OffsetDateTime NOON = OffsetDateTime.parse("2026-01-01T12:00:00Z");

    private final InMemorySyncStore store = new InMemorySyncStore();
    private int read;

    @ParameterizedTest
    @EnumSource(
            value = ImapCapability.class,
            names = {"CONDSTORE", "LIST_STATUS", "LIST_EXTENDED", "ESEARCH", "UNSELECT", "SPECIAL_USE", "LITERAL_PLUS"})
    void withoutAnyOne_storeFollowsTheServer(ImapCapability missing) {
        follow(ImapTestServer.builder().without(missing));
    }

    @Test
    void withAll_storeFollowsTheServer() {
        follow(ImapTestServer.builder().with(ImapCapability.values()));
    }

    @Test
    void withNone_storeFollowsTheServer() {
        follow(ImapTestServer.builder().only());
    }

    @Test
    void rename_isRecognisedAndReadsNothing() {
        try (ImapTestServer server = start(ImapTestServer.builder())) {
            server.account(USER).createMailbox("Projekte/Größe");
            deliver(server, "Projekte/Größe", 1, 5);
            sync(server);
            Set<Long> before = Set.copyOf(store.ownIds());
            read = 0;
            server.account(USER).rename("Projekte", "Archiv 2026");
            sync(server);
            assertEquals(0, read);
            assertEquals(before, store.ownIds());
            assertSame(server);
        }
    }

    @Test
    void renumbering_isRecognisedAndReadsNothing() {
        try (ImapTestServer server = start(ImapTestServer.builder())) {
            deliver(server, "INBOX", 1, 6);
            server.account(USER).expunge("INBOX", 2);
            sync(server);
            Set<Long> before = Set.copyOf(store.ownIds());
            read = 0;
            long unused = server.account(USER).resetUidValidity("INBOX");
            assertEquals(Mode.RECOVERED, sync(server).mode());
            assertEquals(0, read);
            assertEquals(before, store.ownIds());
            assertSame(server);
        }
    }

    @Test
    void incrementalSync_takesFewCommands() {
        try (ImapTestServer server = start(ImapTestServer.builder())) {
            deliver(server, "INBOX", 1, 60);
            server.account(USER).createMailbox("Old");
            deliver(server, "Old", 100, 110);
            sync(server);
            server.clearLog();
            deliver(server, "INBOX", 61, 80);
            server.account(USER).expunge("INBOX", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
            server.account(USER).setFlags("INBOX", 11, List.of("\\Seen"));
            server.account(USER).rename("Old", "New");
            sync(server);
            assertSame(server);
            assertTrue(server.log().size() <= 16, () -> String.join("\n", server.log()));
        }
    }

    @Test
    void literalCutShort_isReadAgain() throws IOException {
        try (ImapTestServer server = start(ImapTestServer.builder())) {
            deliver(server, "INBOX", 1, 1);
            sync(server);
            server.inject(new ImapFault.TruncateLiteral(10));
            try (MailRuntime runtime = MailRuntime.create();
                    MailClient mail = runtime.open(account(server));
                    InputStream raw = mail.emails().raw(store.emails().get(0).id())) {
                assertArrayEquals(message(1), raw.readAllBytes());
            }
        }
    }

    @Test
    void startTlsRequired_sendsNoLoginWithoutIt() {
        try (ImapTestServer server = start(ImapTestServer.builder());
                MailRuntime runtime = MailRuntime.create();
                MailClient mail = runtime.open(account(server).security(Security.STARTTLS))) {
            MailException failure =
                    assertThrows(MailException.class, () -> mail.mailboxes().list());
            assertEquals(Kind.NETWORK, failure.kind());
            assertFalse(failure.isRetryable());
            assertTrue(server.log().stream().noneMatch(line -> line.startsWith("LOGIN")));
        }
    }

    @Test
    void close_saysGoodbyeAndCountsIt() throws InterruptedException {
        try (ImapTestServer server = start(ImapTestServer.builder());
                MailRuntime runtime = MailRuntime.create()) {
            MailClient mail = runtime.open(account(server));
            assertTrue(mail.mailboxes().list().size() > 1);
            mail.close();
            assertTrue(server.awaitCommand("LOGOUT", 1, Duration.ofSeconds(5)));
            assertEquals(server.log().size(), mail.traffic().requests());
        }
    }

    private void follow(ImapTestServer.Builder builder) {
        try (ImapTestServer server = start(builder)) {
            deliver(server, "INBOX", 1, 25);
            server.account(USER).createMailbox("Work");
            deliver(server, "Work", 30, 33);
            sync(server);
            assertSame(server);
            deliver(server, "INBOX", 40, 45);
            server.account(USER).expunge("INBOX", 3, 4);
            server.account(USER).setFlags("INBOX", 5, List.of("\\Flagged", "Custom"));
            server.account(USER).rename("Work", "Done");
            sync(server);
            assertSame(server);
            read = 0;
            sync(server);
            assertEquals(0, read);
        }
    }

    private static ImapTestServer start(ImapTestServer.Builder builder) {
        return builder.user(USER, LocalServers.PASSWORD).start();
    }

    private static ImapAccount account(ImapTestServer server) {
        return LocalServers.plain(server.port(), USER, LocalServers.PASSWORD);
    }

    private static void deliver(ImapTestServer server, String mailbox, int from, int to) {
        for (int i = from; i <= to; i++) {
            long unused = server.account(USER).append(mailbox, message(i), List.of(), NOON.plusSeconds(i));
        }
    }

    private static byte[] message(int number) {
        return ("Subject: " + number + "\r\nMessage-ID: <" + number + "@example.com>\r\n\r\n" + "x".repeat(number))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private SyncReport sync(ImapTestServer server) {
        try (MailRuntime runtime = MailRuntime.create();
                MailClient mail = runtime.open(account(server))) {
            SyncOptions options = new SyncOptions(Set.of(), 10, Duration.ofSeconds(30));
            return mail.sync(store, (ids, call) -> load(mail, ids), options).run(progress -> {});
        }
    }

    private Loaded load(MailClient mail, List<EmailId> ids) {
        List<Email> emails = mail.emails().get(ids, FetchLevel.STATE);
        read += emails.size();
        return new Loaded(emails, List.of());
    }

    private void assertSame(ImapTestServer server) {
        Map<String, String> served = new TreeMap<>();
        for (String name : server.account(USER).mailboxes()) {
            server.account(USER)
                    .messages(name)
                    .forEach(message -> served.put(name + " " + message.uid(), message.bytes().length + ""));
        }
        Map<String, String> stored = new TreeMap<>();
        for (Email email : store.emails()) {
            ImapEmailId id = ImapEmailId.parse(email.id());
            String name = String.join("/", MailboxNames.path(id.mailbox(), "/"));
            stored.put(name + " " + id.uid(), Long.toString(email.size()));
        }
        assertEquals(served, stored);
    }
}
