package dev.steadymail.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.cli.CommandBench.Ended;
import dev.steadymail.cli.account.ProviderAccounts;
import dev.steadymail.testkit.gmail.FakeGmail;
import dev.steadymail.testkit.gmail.GmailFault;
import dev.steadymail.testkit.imap.ImapCapability;
import dev.steadymail.testkit.imap.ImapTestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {
    private static final String PASSWORD = "correct-horse";
    private static final String TOKEN = "a-token-of-ada";
    private static final List<String> CHECKS =
            List.of("account", "host", "connection", "tls", "login", "rights", "limits");

    @TempDir
    Path folder;

    private final CommandBench bench = new CommandBench(new ProviderAccounts(SystemTime.start()))
            .variable("STEADYMAIL_PASSWORD", PASSWORD)
            .variable("STEADYMAIL_TOKEN", TOKEN);

    @Test
    void plainImap_passesEveryCheckAndIsExplained() {
        try (ImapTestServer server =
                ImapTestServer.builder().user("ada", PASSWORD).start()) {
            Ended ended = bench.run("doctor", plain(server));
            assertEquals(0, ended.exit(), ended.err());
            assertEquals("", ended.err());
            CHECKS.forEach(check -> assertTrue(line(ended, check).startsWith("ok "), ended.out()));
            assertTrue(line(ended, "tls").contains("none, which only a server on this machine may do"), ended.out());
            assertTrue(line(ended, "rights").contains("has CONDSTORE"), ended.out());
            assertTrue(line(ended, "limits").contains(" requests at once, "), ended.out());
            assertTrue(ended.out().contains("\ncircuit   account closed, requests pass\n"), ended.out());
            assertTrue(ended.out().contains("\nadvice "), ended.out());
        }
    }

    @Test
    void missingExtensions_areNamedWithWhatFollows() {
        try (ImapTestServer server = ImapTestServer.builder()
                .user("ada", PASSWORD)
                .without(ImapCapability.MOVE)
                .start()) {
            String rights = line(bench.run("doctor", plain(server)), "rights");
            assertTrue(rights.contains("MOVE (moving is copying and removing)"), rights);
        }
    }

    @Test
    void implicitTls_tellsProtocolAndDaysLeft() throws Exception {
        TestCertificate certificate = TestCertificate.make(folder, "ip:127.0.0.1", 90);
        try (ImapTestServer server = ImapTestServer.builder()
                .user("ada", PASSWORD)
                .tls(certificate.server())
                .start()) {
            Ended ended = bench.run("doctor", tls("imaps", server, certificate));
            assertEquals(0, ended.exit(), ended.err());
            assertTrue(line(ended, "tls").matches("ok +tls +TLSv1\\.[23], .*valid for (89|90) more days"), ended.out());
        }
    }

    @Test
    void startTls_isAskedForAndACertificateThatEndsSoonIsNamed() throws Exception {
        TestCertificate certificate = TestCertificate.make(folder, "ip:127.0.0.1", 5);
        try (ImapTestServer server = ImapTestServer.builder()
                .user("ada", PASSWORD)
                .startTls(certificate.server())
                .start()) {
            Ended ended = bench.run("doctor", tls("imap", server, certificate));
            assertEquals(0, ended.exit(), ended.err());
            assertTrue(line(ended, "tls").contains("must renew it soon"), ended.out());
        }
    }

    @Test
    void untrustedCertificate_endsBeforeAnyLogin() throws Exception {
        TestCertificate certificate = TestCertificate.make(folder, "ip:127.0.0.1", 90);
        try (ImapTestServer server = ImapTestServer.builder()
                .user("ada", PASSWORD)
                .tls(certificate.server())
                .start()) {
            Ended ended = bench.run("doctor", "imaps://ada@127.0.0.1:" + server.port());
            assertFailed(ended, 4, "tls", "?ca=FILE");
            assertEquals(List.of(), server.log());
        }
    }

    @Test
    void certificateForAnotherName_isToldApart() throws Exception {
        TestCertificate certificate = TestCertificate.make(folder, "dns:other.example", 90);
        try (ImapTestServer server = ImapTestServer.builder()
                .user("ada", PASSWORD)
                .tls(certificate.server())
                .start()) {
            assertFailed(bench.run("doctor", tls("imaps", server, certificate)), 4, "tls", "for another name");
        }
    }

    @Test
    void serverWithoutStartTls_isToldApart() {
        try (ImapTestServer server =
                ImapTestServer.builder().user("ada", PASSWORD).start()) {
            Ended ended = bench.run("doctor", "imap://ada@127.0.0.1:" + server.port());
            assertFailed(ended, 4, "tls", "does not offer STARTTLS");
        }
    }

    @Test
    void chatterInsteadOfAGreeting_isBounded() throws Exception {
        try (ServerSocket chatter = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var unused = CompletableFuture.runAsync(() -> say(chatter, "x".repeat(20_000)));
            Ended ended = bench.run("doctor", "imap://ada@127.0.0.1:" + chatter.getLocalPort());
            assertFailed(ended, 4, "tls", "check that the port is one for TLS");
        }
    }

    @Test
    void wrongPassword_leavesTheRestUnchecked() {
        try (ImapTestServer server =
                ImapTestServer.builder().user("ada", "another").start()) {
            assertFailed(bench.run("doctor", plain(server)), 3, "login", "check both");
        }
    }

    @Test
    void noSecret_isFoundOnceTheServerIsReached() {
        CommandBench without = new CommandBench(new ProviderAccounts(SystemTime.start()));
        try (ImapTestServer server =
                ImapTestServer.builder().user("ada", PASSWORD).start()) {
            assertFailed(without.run("doctor", plain(server)), 3, "login", "STEADYMAIL_PASSWORD");
        }
    }

    @Test
    void closedPort_isNotReached() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Ended ended = bench.run("doctor", "imap://ada@127.0.0.1:" + port + "?tls=none");
        assertFailed(ended, 4, "connection", "check host, port and firewall");
    }

    @Test
    void gmail_passesEveryCheck_andNothingIsChanged() throws IOException {
        try (FakeGmail gmail = gmail()) {
            Ended ended = bench.run("doctor", url(gmail));
            assertEquals(0, ended.exit(), ended.err());
            assertTrue(line(ended, "rights").endsWith("may read and change mail"), ended.out());
            assertTrue(line(ended, "limits").contains("quota plan gmail-2026"), ended.out());
        }
    }

    @Test
    void missingScope_isNamed() throws IOException {
        try (FakeGmail gmail = gmail()) {
            gmail.inject(insufficient().always());
            assertFailed(bench.run("doctor", url(gmail)), 3, "rights", "https://mail.google.com/");
        }
    }

    @Test
    void scopeForLabelsOnly_isTold() throws IOException {
        try (FakeGmail gmail = gmail()) {
            gmail.inject(insufficient().onPath("/messages").always());
            assertFailed(bench.run("doctor", url(gmail)), 3, "rights", "may not read mail");
        }
    }

    @Test
    void scopeForReadingOnly_isNoFailure() throws IOException {
        try (FakeGmail gmail = gmail()) {
            gmail.inject(insufficient().onMethod("POST").always());
            Ended ended = bench.run("doctor", url(gmail));
            assertEquals(0, ended.exit(), ended.err());
            assertTrue(line(ended, "rights").contains("may read mail and not change it"), ended.out());
        }
    }

    @Test
    void wrongToken_isACredential() throws IOException {
        try (FakeGmail gmail = gmail()) {
            Ended ended = bench.variable("STEADYMAIL_TOKEN", "wrong").run("doctor", url(gmail));
            assertFailed(ended, 3, "login", "get a new one");
        }
    }

    @Test
    void reportJson_isOneLineAlone() {
        try (ImapTestServer server =
                ImapTestServer.builder().user("ada", PASSWORD).start()) {
            Ended ended = bench.run("doctor", plain(server), "--report", "json");
            assertEquals(0, ended.exit(), ended.err());
            assertEquals(1, ended.out().lines().count(), ended.out());
            assertTrue(ended.out()
                    .startsWith("{\"exit\":0,\"kind\":null,\"checks\":[{\"check\":\"account\",\"state\":\"ok\","));
            assertTrue(ended.out().contains("\"explanation\":{\"at\":\""), ended.out());
            assertTrue(ended.out().endsWith("}}\n"), ended.out());
        }
    }

    @Test
    void reportJson_ofAFailure_namesKindAndWhatWasNotChecked() {
        try (ImapTestServer server =
                ImapTestServer.builder().user("ada", "another").start()) {
            Ended ended = bench.run("doctor", plain(server), "--report", "json");
            assertEquals(3, ended.exit());
            assertTrue(ended.out().startsWith("{\"exit\":3,\"kind\":\"AUTH\","), ended.out());
            assertTrue(
                    ended.out().contains("{\"check\":\"limits\",\"state\":\"unchecked\",\"detail\":null}"),
                    ended.out());
            assertEquals(1, ended.err().lines().count(), ended.err());
        }
    }

    /** Exit code, the line of the check that failed, one error line that says the same, and nothing checked after it. */
    private static void assertFailed(Ended ended, int exit, String check, String remedy) {
        String context = ended.out() + ended.err();
        assertEquals(exit, ended.exit(), context);
        assertTrue(line(ended, check).startsWith("failed "), context);
        assertTrue(line(ended, check).contains(remedy), context);
        assertEquals(1, ended.err().lines().count(), context);
        assertTrue(ended.err().startsWith("steadymail: " + check + ": "), context);
        CHECKS.subList(CHECKS.indexOf(check) + 1, CHECKS.size())
                .forEach(later -> assertTrue(line(ended, later).endsWith("not checked"), context));
        assertFalse(context.contains(PASSWORD) || context.contains(TOKEN), context);
    }

    private static String line(Ended ended, String check) {
        return ended.out()
                .lines()
                .filter(line -> line.matches("(ok|failed|-) +" + check + " .*"))
                .findFirst()
                .orElse("no line about " + check);
    }

    private static String plain(ImapTestServer server) {
        return "imap://ada@127.0.0.1:" + server.port() + "?tls=none";
    }

    private static String tls(String scheme, ImapTestServer server, TestCertificate certificate) {
        return scheme + "://ada@127.0.0.1:" + server.port() + "?ca=" + certificate.pem();
    }

    private static FakeGmail gmail() throws IOException {
        return FakeGmail.builder().user("ada@example.com", TOKEN).start();
    }

    private static String url(FakeGmail gmail) {
        return "gmail://ada@example.com?root=" + gmail.rootUrl();
    }

    private static GmailFault insufficient() {
        return GmailFault.status(403, "insufficientPermissions", "Request had insufficient authentication scopes.");
    }

    private static void say(ServerSocket server, String text) {
        try (var connection = server.accept()) {
            connection.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            var unused = connection.getInputStream().read();
        } catch (IOException ended) {
            // The client has hung up, as it should.
        }
    }
}
