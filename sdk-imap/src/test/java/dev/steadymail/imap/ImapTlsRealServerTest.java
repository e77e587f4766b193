package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Credentials;
import dev.steadymail.imap.ImapAccount.Security;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Role;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * TLS with two servers of this machine, each named by the start of its variables' names: beside those of the kit, {@code _TLS} is
 * the {@code host:port} of implicit TLS and {@code _CA} the PEM file of the authority. Skipped without both servers.
 */
@EnabledIfEnvironmentVariable(named = "STEADYMAIL_DOVECOT_TLS", matches = ".+:\\d+")
@EnabledIfEnvironmentVariable(named = "STEADYMAIL_CYRUS_TLS", matches = ".+:\\d+")
class ImapTlsRealServerTest {
    private static final String DOVECOT = "STEADYMAIL_DOVECOT";
    private static final String CYRUS = "STEADYMAIL_CYRUS";

    @ParameterizedTest
    @ValueSource(strings = {DOVECOT, CYRUS})
    void implicitTls_trustedAuthority_listsTheInbox(String server) {
        assertListsTheInbox(trusting(server, account(server, "_TLS")));
    }

    @ParameterizedTest
    @ValueSource(strings = {DOVECOT, CYRUS})
    void startTls_trustedAuthority_listsTheInbox(String server) {
        assertListsTheInbox(trusting(server, account(server, "").security(Security.STARTTLS)));
    }

    @ParameterizedTest
    @ValueSource(strings = {DOVECOT, CYRUS})
    void startTls_authorityOfNobody_isRefused(String server) {
        ImapAccount account = account(server, "").security(Security.STARTTLS);
        MailException failure = assertThrows(MailException.class, () -> assertListsTheInbox(account));
        assertEquals(Kind.NETWORK, failure.kind());
        assertTrue(String.valueOf(failure.getMessage()).contains("not trusted"), failure::getMessage);
    }

    private static void assertListsTheInbox(ImapAccount account) {
        try (MailRuntime runtime = MailRuntime.create();
                MailClient client = runtime.open(account)) {
            assertTrue(client.mailboxes().list().stream().anyMatch(mailbox -> mailbox.role() == Role.INBOX));
        }
    }

    private static ImapAccount account(String server, String suffix) {
        Credentials login = Credentials.password(RealServerFixture.newUser(), RealServerFixture.password(server));
        return ImapAccount.at("127.0.0.1", login).port(RealServerFixture.port(server + suffix));
    }

    private static ImapAccount trusting(String server, ImapAccount account) {
        return account.trusting(Path.of(System.getenv(server + "_CA")));
    }
}
