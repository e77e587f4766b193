package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Credentials;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.imap.ImapAccount.Security;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.testkit.script.ScriptedImapServer;
import dev.steadymail.testkit.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody in between, and servers that want more than they should: threats 18 to 20 and 23. What is sent is known from the script. */
class WireThreatsTest {
    @TempDir
    static Path folder;

    private static TestCertificate keys;

    @BeforeAll
    static void makeKeys() throws IOException, InterruptedException, GeneralSecurityException {
        keys = TestCertificate.make(folder, "ip:127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BAD unknown", "NO not now", "NO [PRIVACYREQUIRED] no"})
    void t18_startTlsThatIsStripped_sendsNothingElse(String answer) {
        try (ScriptedImapServer server = ScriptedImapServer.playing("""
                S: * OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN] ready
                C: <tag> STARTTLS
                S: <tag> %s
                C: <end>
                """.formatted(answer))) {
            assertUntrusted(server.port());
        }
    }

    @Test
    void t18_capabilitiesFromBeforeTls_areForgotten() {
        try (ScriptedImapServer server = tls("""
                S: * OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=SCRAM-SHA-256 LITERAL+ MOVE] ready
                C: <tag> STARTTLS
                S: <tag> OK go
                S: <starttls>
                C: <tag> CAPABILITY
                S: * CAPABILITY IMAP4rev1 AUTH=PLAIN
                S: <tag> OK done
                C: <tag> AUTHENTICATE PLAIN
                S: +
                C: ...
                S: <tag> OK [CAPABILITY IMAP4rev1] in
                C: <tag> LIST ...
                S: * LIST () "/" INBOX
                S: <tag> OK done
                C: <any>
                """)) {
            assertEquals(1, list(startTls(server.port())).size());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "* CAPABILITY IMAP4rev1 AUTH=PLAIN",
                "A2 OK injected",
                "+ go on",
                "* LIST () \"/\" Injected",
                "* <open>",
                "x<open>",
                "\\r\\n<open>"
            })
    void t19_octetsBeforeTheHandshake_endTheConnection(String injected) {
        try (ScriptedImapServer server = tls("""
                S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready
                C: <tag> STARTTLS
                S: <tag> OK go\\r\\n%s
                C: <end>
                """.formatted(injected))) {
            assertUntrusted(server.port());
        }
    }

    @Test
    void t20_preauth_isRefused_alsoWithinTls() {
        try (ScriptedImapServer server = ScriptedImapServer.builder()
                .tls(keys.context())
                .script("S: * PREAUTH welcome\nC: <end>")
                .start()) {
            ImapAccount account = account(server.port()).trusting(keys.pem());
            MailException failure = assertThrows(MailException.class, () -> list(account));
            assertEquals(Kind.PROTOCOL, failure.kind());
        }
    }

    /** Only content could be taken for the protocol; a counter that cannot be read costs nothing. */
    @Test
    void p6_stringThatDoesNotEndInStatus_costsNoConnection() {
        try (ScriptedImapServer server = tls("""
                S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready
                C: <tag> STARTTLS
                S: <tag> OK go
                S: <starttls>
                C: <tag> CAPABILITY
                S: * CAPABILITY IMAP4rev1
                S: <tag> OK done
                C: <tag> LOGIN ...
                S: <tag> OK [CAPABILITY IMAP4rev1] in
                C: <tag> LIST ...
                S: * STATUS "Other" (MAILBOXID ("ab) MESSAGES 3)
                S: * LIST () "/" INBOX
                S: <tag> OK done
                C: <any>
                """)) {
            List<Mailbox> mailboxes = list(startTls(server.port()));
            assertEquals(List.of("INBOX"), mailboxes.stream().map(Mailbox::name).toList());
        }
    }

    @Test
    void t20_dataBeforeTheLogin_isOfNoMailbox() {
        try (ScriptedImapServer server = tls("""
                S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready\\r\\n* LIST () "/" Injected
                C: <tag> STARTTLS
                S: * OK [ALERT] call 555-0100 at once\\r\\n* LIST () "/" Injected\\r\\n<tag> OK go
                S: <starttls>
                C: <tag> CAPABILITY
                S: * LIST () "/" Injected\\r\\n* CAPABILITY IMAP4rev1
                S: <tag> OK done
                C: <tag> LOGIN ...
                S: <tag> OK [CAPABILITY IMAP4rev1] in
                C: <tag> LIST ...
                S: * LIST () "/" INBOX
                S: <tag> OK done
                C: <any>
                """)) {
            List<Mailbox> mailboxes = list(startTls(server.port()));
            assertEquals(List.of("INBOX"), mailboxes.stream().map(Mailbox::name).toList());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "S: * BYE [ALERT] call 555-0100 at once\nC: <end>",
                "S: * OK ready\nC: <tag> STARTTLS\nS: <tag> NO [ALERT] call 555-0100 at once\nC: <end>",
                "S: * OK ready\nC: <tag> STARTTLS\nS: * BYE [ALERT] call 555-0100 at once\nS: <close>"
            })
    void t20_textFromBeforeTls_isNotShown(String script) {
        try (ScriptedImapServer server = ScriptedImapServer.playing(script)) {
            MailException failure = assertThrows(MailException.class, () -> list(startTls(server.port())));
            assertFalse(String.valueOf(failure.getMessage()).contains("555"), failure::getMessage);
        }
    }

    @Test
    void t20_referral_isNotFollowed() {
        List<String> asked = new CopyOnWriteArrayList<>();
        HostResolver resolver = host -> {
            asked.add(host);
            return List.of(InetAddress.getLoopbackAddress());
        };
        try (ScriptedImapServer server = ScriptedImapServer.playing("""
                        S: * OK [CAPABILITY IMAP4rev1 LOGIN-REFERRALS] ready
                        C: <tag> LOGIN ...
                        S: <tag> NO [REFERRAL IMAP://ada;AUTH=*@other.example/] try there
                        C: <end>
                        """);
                MailRuntime runtime = once().resolver(resolver).build();
                MailClient client = runtime.open(LocalServers.plain(server.port(), "ada", LocalServers.PASSWORD))) {
            assertThrows(MailException.class, () -> client.mailboxes().list());
            assertEquals(List.of("127.0.0.1"), asked);
        }
    }

    @Test
    void t23_scramThatWantsTwoBillionRounds_isCancelledAtOnce() {
        AtomicReference<String> cancelled = new AtomicReference<>("");
        try (RawServer server = RawServer.plain(peer -> {
            peer.send("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=SCRAM-SHA-256] ready\r\n");
            String first = new String(
                    Base64.getDecoder().decode(peer.command().substring("AUTHENTICATE SCRAM-SHA-256 ".length())),
                    StandardCharsets.UTF_8);
            String nonce = first.substring(first.indexOf("r=") + 2);
            String challenge = "r=" + nonce + "more,s=c2FsdHNhbHQ=,i=2147483648";
            peer.send("+ " + Base64.getEncoder().encodeToString(challenge.getBytes(StandardCharsets.UTF_8)) + "\r\n");
            cancelled.set(String.valueOf(peer.line()));
            peer.send("A1 BAD cancelled\r\n");
        })) {
            long begun = System.nanoTime();
            MailException failure = assertThrows(
                    MailException.class, () -> list(LocalServers.plain(server.port(), "ada", LocalServers.PASSWORD)));
            assertEquals(Kind.PROTOCOL, failure.kind());
            assertEquals("*", cancelled.get());
            assertTrue(System.nanoTime() - begun < Duration.ofSeconds(5).toNanos());
        }
    }

    @Test
    void t23_withoutTls_noPasswordLeavesForAnotherMachine() {
        HostResolver elsewhere = host -> List.of(InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1}));
        try (MailRuntime runtime = once().resolver(elsewhere).build();
                MailClient client = runtime.open(LocalServers.plain(9, "ada", LocalServers.PASSWORD))) {
            MailException failure =
                    assertThrows(MailException.class, () -> client.mailboxes().list());
            assertEquals(Kind.INVALID, failure.kind());
        }
    }

    @Test
    void t23_loginOnlyWithoutTls_getsNoPassword_whereTlsIsRequired() {
        try (ScriptedImapServer server = ScriptedImapServer.playing("""
                S: * OK [CAPABILITY IMAP4rev1] ready
                C: <tag> STARTTLS
                S: <tag> BAD only LOGIN here
                C: <end>
                """)) {
            assertUntrusted(server.port());
        }
    }

    @Test
    void serverThatAsksWithoutEnd_isAnsweredAFewTimesOnly() {
        try (RawServer server = RawServer.plain(peer -> {
            peer.send("* OK [CAPABILITY IMAP4rev1] ready\r\n");
            for (String line = peer.line(); line != null; line = peer.line()) {
                peer.send("+ \r\n");
            }
        })) {
            MailException failure = assertThrows(
                    MailException.class, () -> list(LocalServers.plain(server.port(), "ada", LocalServers.PASSWORD)));
            assertEquals(Kind.PROTOCOL, failure.kind());
        }
    }

    @Test
    void secondHandshake_isRefused() {
        try (RawServer server = RawServer.tls(keys.context(), peer -> {
            SSLSocket socket = (SSLSocket) peer.socket();
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            peer.send("* OK [CAPABILITY IMAP4rev1] ready\r\n");
            String unused = peer.command();
            socket.startHandshake();
            peer.ok("");
        })) {
            ImapAccount account = account(server.port()).trusting(keys.pem());
            MailException failure = assertThrows(MailException.class, () -> list(account));
            assertEquals(Kind.NETWORK, failure.kind());
        }
    }

    private static ScriptedImapServer tls(String script) {
        return ScriptedImapServer.builder()
                .startTls(keys.context())
                .script(script)
                .start();
    }

    private static void assertUntrusted(int port) {
        MailException failure = assertThrows(MailException.class, () -> list(startTls(port)));
        assertEquals(Kind.NETWORK, failure.kind());
        assertFalse(failure.isRetryable());
        assertEquals(1, failure.attempts());
    }

    private static List<Mailbox> list(ImapAccount account) {
        try (MailRuntime runtime = once().build();
                MailClient client = runtime.open(account)) {
            return client.mailboxes().list();
        }
    }

    private static MailRuntime.Builder once() {
        return MailRuntime.builder().retryPolicy(new RetryPolicy(1, Duration.ZERO, Duration.ZERO));
    }

    private static ImapAccount startTls(int port) {
        return account(port).security(Security.STARTTLS).trusting(keys.pem());
    }

    private static ImapAccount account(int port) {
        return ImapAccount.at("127.0.0.1", Credentials.password("ada", LocalServers.PASSWORD))
                .port(port);
    }
}
