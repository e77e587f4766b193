package dev.steadymail.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.cli.CommandBench.Ended;
import dev.steadymail.cli.account.ProviderAccounts;
import dev.steadymail.testkit.gmail.FakeGmail;
import dev.steadymail.testkit.imap.ImapTestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole command, from its arguments to the wire and back. */
class RealAccountTest {
    private static final String PASSWORD = "correct-horse";

    @TempDir
    Path folder;

    private final CommandBench bench = new CommandBench(new ProviderAccounts(SystemTime.start()));

    private static ImapTestServer imap() {
        ImapTestServer server =
                ImapTestServer.builder().user("ada@example.com", PASSWORD).start();
        for (int number = 1; number <= 30; number++) {
            server.account("ada@example.com")
                    .append(
                            "INBOX",
                            MirrorBench.message(number),
                            List.of("\\Seen"),
                            arrival(number).atOffset(ZoneOffset.UTC));
        }
        return server;
    }

    private static Instant arrival(int number) {
        return Instant.parse("2026-01-02T03:04:05Z").plusSeconds(number);
    }

    private static String url(ImapTestServer server) {
        return "imap://ada@example.com@127.0.0.1:" + server.port() + "?tls=none";
    }

    private Ended mirror(String account) {
        return bench.run("mirror", account, folder.resolve("dir").toString(), "--report", "json");
    }

    @Test
    void imap_isMirroredAndFollowed() throws IOException {
        try (ImapTestServer server = imap()) {
            bench.variable("STEADYMAIL_PASSWORD", PASSWORD);
            Ended first = mirror(url(server));
            assertEquals(0, first.exit(), first.err());
            assertEquals(30, MirrorBench.number(first, "created"));
            assertEquals(30, messages().size());
            server.account("ada@example.com").expunge("INBOX", 1);
            Ended second = mirror(url(server));
            assertEquals(0, second.exit(), second.err());
            assertEquals(0, MirrorBench.number(second, "created"));
            assertEquals(1, MirrorBench.number(second, "destroyed"));
            assertEquals(29, messages().size());
            assertNoSecret(first, second);
        }
    }

    @Test
    void wrongPassword_isRefused() throws IOException {
        try (ImapTestServer server = imap()) {
            Ended ended = bench.variable("STEADYMAIL_PASSWORD", "wrong-" + PASSWORD)
                    .run("mirror", url(server), folder.resolve("dir").toString(), "--report", "json");
            assertEquals(3, ended.exit(), ended.err());
            assertEquals("AUTH", MirrorBench.value(ended.out(), "kind"));
            assertEquals(1, ended.err().lines().count(), ended.err());
            assertNoSecret(ended);
        }
    }

    @Test
    void noPassword_isAskedForWithoutContactingAnybody() {
        try (ImapTestServer server = imap()) {
            Ended ended = mirror(url(server));
            assertEquals(3, ended.exit());
            assertTrue(ended.err().contains("STEADYMAIL_PASSWORD"), ended.err());
            assertEquals(List.of(), server.log());
            assertTrue(Files.notExists(folder.resolve("dir")));
        }
    }

    @Test
    void secretFile_wins() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), PASSWORD + "\n");
        try (ImapTestServer server = imap()) {
            bench.variable("STEADYMAIL_PASSWORD", "wrong");
            for (String permissions : List.of("rw-------", "rw-r--r--")) {
                Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString(permissions));
                Ended ended = bench.run("mailboxes", url(server), "--secret-file", secret.toString());
                assertEquals(0, ended.exit(), ended.err());
                assertTrue(ended.out().contains("inbox\tINBOX\n"), ended.out());
                assertEquals(permissions.contains("r--"), ended.err().contains("chmod 600"));
            }
            assertEquals(
                    3,
                    bench.run("mailboxes", url(server), "--secret-file", folder + "/none")
                            .exit());
        }
    }

    @Test
    void searchAndShow_answerAboutOneEmail() throws IOException {
        try (ImapTestServer server = imap()) {
            bench.variable("STEADYMAIL_PASSWORD", PASSWORD);
            Ended found = bench.run("search", url(server), "--mailbox", "INBOX", "--subject", "number 7");
            assertEquals(0, found.exit(), found.err());
            assertTrue(
                    found.out().matches("[^\t\n]+\t2026-01-02T03:04:12Z\tAda <ada@example.com>\tnumber 7\n"),
                    found.out());
            String id = found.out().substring(0, found.out().indexOf('\t'));
            Ended shown = bench.run("show", url(server), id);
            assertTrue(shown.out().startsWith("From: Ada <ada@example.com>\n"), shown.out());
            assertTrue(shown.out().endsWith("\nHello 7\n"), shown.out());
            Ended raw = bench.run("show", url(server), id, "--raw");
            assertArrayEquals(MirrorBench.message(7), raw.out().getBytes(StandardCharsets.UTF_8));
            Path file = folder.resolve("7.eml");
            assertEquals(
                    0,
                    bench.run("show", url(server), id, "--raw", "-o", file.toString())
                            .exit());
            assertArrayEquals(MirrorBench.message(7), Files.readAllBytes(file));
            assertEquals(
                    2,
                    bench.run("show", url(server), id, "--raw", "-o", file.toString())
                            .exit());
        }
    }

    @Test
    void askingForWhatIsNotThere_isWrongUsage() {
        try (ImapTestServer server = imap()) {
            bench.variable("STEADYMAIL_PASSWORD", PASSWORD);
            assertEquals(
                    2, bench.run("search", url(server), "--mailbox", "Nowhere").exit());
            assertEquals(2, bench.run("show", url(server), "no-such-id").exit());
            assertEquals(2, bench.run("search", url(server), "--raw", "x").exit());
        }
    }

    @Test
    void hostileHeaders_doNotReachTheTerminal() {
        byte[] hostile =
                "From: \u001b[2J <ada@example.com>\r\nSubject: =?utf-8?B?G1szMW0K4oCuZ3BqLmV4ZQ==?=\r\n\r\n\u001b]0;x\u0007\r\n"
                        .getBytes(StandardCharsets.UTF_8);
        try (ImapTestServer server = imap()) {
            bench.variable("STEADYMAIL_PASSWORD", PASSWORD);
            server.account("ada@example.com")
                    .append("Archive", hostile, List.of(), arrival(0).atOffset(ZoneOffset.UTC));
            Ended found = bench.run("search", url(server), "--mailbox", "Archive");
            assertEquals(1, found.out().lines().count(), found.out());
            Ended shown = bench.run(
                    "show", url(server), found.out().substring(0, found.out().indexOf('\t')));
            for (Ended ended : List.of(found, shown)) {
                assertEquals(0, ended.exit(), ended.err());
                assertFalse(ended.out().matches("(?s).*[\u001b\u0007\u202e\r].*"), ended.out());
            }
        }
    }

    @Test
    void gmail_isMirroredAndFollowed() throws IOException {
        try (FakeGmail server =
                FakeGmail.builder().user("ada@example.com", PASSWORD).start()) {
            for (int number = 1; number <= 12; number++) {
                server.mailbox("ada@example.com").add(MirrorBench.message(number), arrival(number), "INBOX", "UNREAD");
            }
            String url = "gmail://ada@example.com?root=" + server.rootUrl();
            bench.variable("STEADYMAIL_TOKEN", PASSWORD);
            Ended first = mirror(url);
            assertEquals(0, first.exit(), first.err());
            assertEquals(12, MirrorBench.number(first, "created"));
            server.mailbox("ada@example.com").add(MirrorBench.message(13), arrival(13), "INBOX");
            Ended second = mirror(url);
            assertEquals(0, second.exit(), second.err());
            assertEquals(1, MirrorBench.number(second, "created"));
            assertEquals(13, messages().size());
            assertNoSecret(first, second);
        }
    }

    @Test
    void gmail_refreshesItsAccessToken() {
        try (FakeGmail server = FakeGmail.builder()
                .user("ada@example.com", "old-token")
                .refreshToken("ada@example.com", PASSWORD)
                .start()) {
            String url = "gmail://ada@example.com?root=" + server.rootUrl() + "&token=" + server.tokenUrl();
            bench.variable("STEADYMAIL_REFRESH_TOKEN", PASSWORD);
            assertEquals(3, bench.run("mailboxes", url).exit());
            bench.variable("STEADYMAIL_CLIENT_ID", "id").variable("STEADYMAIL_CLIENT_SECRET", "client-secret");
            Ended ended = bench.run("mailboxes", url);
            assertEquals(0, ended.exit(), ended.err());
            assertTrue(ended.out().contains("inbox\t"), ended.out());
        }
    }

    private List<Path> messages() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("dir/messages"))) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private void assertNoSecret(Ended... all) throws IOException {
        for (Ended ended : all) {
            assertFalse((ended.out() + ended.err()).contains(PASSWORD));
        }
        try (Stream<Path> files = Files.walk(folder.resolve("dir"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(Files.readString(file, StandardCharsets.ISO_8859_1).contains(PASSWORD), file::toString);
            }
        }
    }
}
