package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Credentials;
import dev.steadymail.imap.ImapAccount.Security;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.testkit.imap.ImapTestServer;
import dev.steadymail.testkit.script.ScriptedImapServer;
import dev.steadymail.testkit.tls.TestCertificate;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No octet of a login leaves before a peer that is trusted has proved its name. */
class ImapTlsTest {
    @TempDir
    static Path folder;

    private static TestCertificate good;
    private static TestCertificate wrongName;

    @BeforeAll
    static void makeKeys() throws IOException, InterruptedException, GeneralSecurityException {
        good = TestCertificate.make(folder, "ip:127.0.0.1");
        wrongName = TestCertificate.make(folder, "dns:mail.example.com");
    }

    @Test
    void implicitTls_trustedAuthority_logsIn() {
        try (ImapTestServer server =
                builder().tls(good.context()).loginNeedsTls().start()) {
            list(account(server.port()).trusting(good.pem()));
        }
    }

    @Test
    void implicitTls_untrusted_isNotRetried() {
        try (ImapTestServer server = builder().tls(good.context()).start()) {
            assertUntrusted(account(server.port()), "not trusted");
            assertEquals(List.of(), server.log());
        }
    }

    @Test
    void implicitTls_wrongName_isNotRetried() {
        try (ImapTestServer server = builder().tls(wrongName.context()).start()) {
            assertUntrusted(account(server.port()).trusting(wrongName.pem()), "another name");
            assertEquals(List.of(), server.log());
        }
    }

    @Test
    void startTls_trustedAuthority_logsInBehindIt() {
        try (ImapTestServer server =
                builder().startTls(good.context()).loginNeedsTls().start()) {
            list(account(server.port()).security(Security.STARTTLS).trusting(good.pem()));
            assertEquals("STARTTLS", server.log().get(0));
        }
    }

    @Test
    void startTls_untrusted_isNotRetried() {
        try (ImapTestServer server = builder().startTls(good.context()).start()) {
            assertUntrusted(account(server.port()).security(Security.STARTTLS), "not trusted");
            assertEquals(List.of("STARTTLS"), server.log());
        }
    }

    @Test
    void startTls_stripped_sendsNoLogin() {
        try (ScriptedImapServer server = ScriptedImapServer.playing("""
                S: * OK [CAPABILITY IMAP4rev1] ready
                C: <tag> STARTTLS
                S: <tag> BAD unknown
                C: <end>
                """)) {
            assertUntrusted(account(server.port()).security(Security.STARTTLS), "STARTTLS");
        }
    }

    @Test
    void startTls_octetsBeforeTheHandshake_areRefused() {
        try (ScriptedImapServer server = ScriptedImapServer.playing("""
                S: * OK [CAPABILITY IMAP4rev1 STARTTLS] ready
                C: <tag> STARTTLS
                S: <tag> OK go on\\r\\n* OK [CAPABILITY IMAP4rev1] injected
                C: <end>
                """)) {
            assertUntrusted(account(server.port()).security(Security.STARTTLS).trusting(good.pem()), "somebody");
        }
    }

    @Test
    void preauth_isRefused() {
        try (ScriptedImapServer server = ScriptedImapServer.playing("S: * PREAUTH welcome\nC: <end>")) {
            MailException failure = assertThrows(
                    MailException.class, () -> list(account(server.port()).security(Security.STARTTLS)));
            assertEquals(Kind.PROTOCOL, failure.kind());
        }
    }

    private static void assertUntrusted(ImapAccount account, String reason) {
        MailException failure = assertThrows(MailException.class, () -> list(account));
        assertEquals(Kind.NETWORK, failure.kind());
        assertFalse(failure.isRetryable());
        assertEquals(1, failure.attempts());
        assertTrue(String.valueOf(failure.getMessage()).contains(reason), failure::getMessage);
    }

    private static void list(ImapAccount account) {
        try (MailRuntime runtime = MailRuntime.create();
                MailClient client = runtime.open(account)) {
            assertFalse(client.mailboxes().list().isEmpty());
        }
    }

    private static ImapTestServer.Builder builder() {
        return ImapTestServer.builder().user("ada", LocalServers.PASSWORD);
    }

    private static ImapAccount account(int port) {
        return ImapAccount.at("127.0.0.1", Credentials.password("ada", LocalServers.PASSWORD))
                .port(port);
    }
}
