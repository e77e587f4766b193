package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.AccessToken;
import dev.steadymail.auth.Credentials;
import dev.steadymail.auth.Secret;
import dev.steadymail.auth.TokenSource;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.imap.ImapAccount.Security;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Reach;
import dev.steadymail.testkit.imap.ImapFault;
import dev.steadymail.testkit.imap.ImapTestServer;
import dev.steadymail.testkit.script.ScriptedImapServer;
import dev.steadymail.time.Deadline;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ImapLoginTest {
    private static final String USER = "ada@example.com";

    @Test
    void greeting_thatSaysTheServerIsDown_isAboutTheHost() {
        try (ImapTestServer server = server("good");
                MailRuntime runtime = MailRuntime.builder()
                        .retryPolicy(new RetryPolicy(1, Duration.ZERO, Duration.ZERO))
                        .build();
                MailClient client = runtime.open(LocalServers.plain(server.port(), USER, "x"))) {
            server.inject(new ImapFault.GreetingBye("[UNAVAILABLE] down"));
            MailException failure =
                    assertThrows(MailException.class, () -> client.mailboxes().list());
            assertEquals(Kind.UNAVAILABLE, failure.kind());
            assertEquals(Reach.HOST, failure.reach());
            assertEquals("UNAVAILABLE", failure.providerCode().orElseThrow());
        }
    }

    @Test
    void xoauth2_goodToken_logsIn() {
        try (ImapTestServer server = server("good")) {
            Tokens tokens = new Tokens("good", "unused");
            list(server.port(), Credentials.bearer(USER, tokens));
            assertEquals(0, tokens.refreshes.get());
        }
    }

    @Test
    void xoauth2_refusedToken_isRefreshedOnce() {
        try (ImapTestServer server = server("fresh")) {
            Tokens tokens = new Tokens("stale", "fresh");
            list(server.port(), Credentials.bearer(USER, tokens));
            assertEquals(1, tokens.refreshes.get());
            assertEquals(2, authentications(server));
        }
    }

    @Test
    void xoauth2_freshTokenRefused_asksTheOwner() {
        try (ImapTestServer server = server("other")) {
            Tokens tokens = new Tokens("stale", "fresh");
            MailException failure =
                    assertThrows(MailException.class, () -> list(server.port(), Credentials.bearer(USER, tokens)));
            assertEquals(Kind.REAUTH_REQUIRED, failure.kind());
            assertFalse(failure.isRetryable());
            assertEquals(2, authentications(server));
        }
    }

    @Test
    void tokenSourceThatFails_leaksNoConnection() throws InterruptedException {
        try (ImapTestServer server = server("good")) {
            TokenSource broken = new TokenSource() {
                @Override
                public AccessToken token(Deadline deadline) {
                    throw new IllegalStateException("no token");
                }

                @Override
                public AccessToken tokenAfterRefusal(AccessToken refused, Deadline deadline) {
                    throw new IllegalStateException("no token");
                }
            };
            try (MailRuntime runtime = MailRuntime.create();
                    MailClient client = runtime.open(account(server.port(), Credentials.bearer(USER, broken)))) {
                assertThrows(
                        IllegalStateException.class, () -> client.mailboxes().list());
                Instant end = Instant.now().plus(Duration.ofSeconds(5));
                while (server.connections() > 0 && Instant.now().isBefore(end)) {
                    Thread.onSpinWait();
                }
                assertEquals(0, server.connections());
            }
        }
    }

    @Test
    void revokedLogin_opensNoConnection() {
        try (ImapTestServer server = server("good")) {
            TokenSource revoked = dev.steadymail.auth.Tokens.from(deadline -> {
                throw MailException.of(Kind.REAUTH_REQUIRED, "invalid_grant");
            });
            for (int call = 0; call < 3; call++) {
                MailException failure =
                        assertThrows(MailException.class, () -> list(server.port(), Credentials.bearer(USER, revoked)));
                assertEquals(Kind.REAUTH_REQUIRED, failure.kind());
            }
            assertEquals(List.of(), server.log());
        }
    }

    @Test
    void fourthLogin_isNotTriedAfterThreeRefusals() {
        try (ImapTestServer server = server("good");
                MailRuntime runtime = MailRuntime.create();
                MailClient client = runtime.open(account(server.port(), Credentials.password(USER, "wrong")))) {
            for (Kind expected : List.of(Kind.AUTH, Kind.AUTH, Kind.AUTH, Kind.REAUTH_REQUIRED)) {
                MailException failure = assertThrows(
                        MailException.class, () -> client.mailboxes().list());
                assertEquals(expected, failure.kind());
            }
            assertEquals(3, authentications(server));
        }
    }

    @Test
    void serverThatRepeatsTheLogin_isNotQuoted() {
        try (ScriptedImapServer server = ScriptedImapServer.playing("""
                S: * OK [CAPABILITY IMAP4rev1] ready
                C: <tag> LOGIN "ada@example.com" "hunter2hunter2"
                S: <tag> NO what do you mean by LOGIN ada@example.com hunter2hunter2
                C: <end>
                """)) {
            MailException failure = assertThrows(
                    MailException.class, () -> list(server.port(), Credentials.password(USER, "hunter2hunter2")));
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            assertEquals(Kind.AUTH, failure.kind());
            assertEquals(1, failure.attempts());
            assertFalse(trace.toString().contains("hunter2"), trace::toString);
            assertFalse(trace.toString().contains(USER), trace::toString);
        }
    }

    @Test
    void tooManyConnections_costsNoTokenRefresh() {
        String full = """
                S: * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2] ready
                C: <tag> AUTHENTICATE XOAUTH2 ...
                S: <tag> NO [ALERT] Too many simultaneous connections
                C: <end>
                """;
        try (ScriptedImapServer server =
                ScriptedImapServer.builder().scriptForOthers(full).start()) {
            Tokens tokens = new Tokens("good", "unused");
            MailException failure =
                    assertThrows(MailException.class, () -> list(server.port(), Credentials.bearer(USER, tokens)));
            assertEquals(Kind.CONCURRENCY, failure.kind());
            assertEquals(0, tokens.refreshes.get());
        }
    }

    private static long authentications(ImapTestServer server) {
        return server.log().stream()
                .filter(line -> line.startsWith("AUTHENTICATE"))
                .count();
    }

    private static ImapTestServer server(String token) {
        ImapTestServer server =
                ImapTestServer.builder().user(USER, LocalServers.PASSWORD).start();
        server.account(USER).setAccessTokens(token);
        return server;
    }

    private static void list(int port, Credentials credentials) {
        try (MailRuntime runtime = MailRuntime.create();
                MailClient client = runtime.open(account(port, credentials))) {
            assertTrue(client.mailboxes().list().size() > 1);
        }
    }

    private static ImapAccount account(int port, Credentials credentials) {
        return ImapAccount.at("127.0.0.1", credentials)
                .security(Security.NONE_LOOPBACK_ONLY)
                .port(port);
    }

    private static final class Tokens implements TokenSource {
        private final AccessToken first;
        private final AccessToken second;
        private final AtomicInteger refreshes = new AtomicInteger();

        Tokens(String first, String second) {
            this.first = new AccessToken(Secret.of(first), Instant.MAX);
            this.second = new AccessToken(Secret.of(second), Instant.MAX);
        }

        @Override
        public AccessToken token(Deadline deadline) {
            return refreshes.get() == 0 ? first : second;
        }

        @Override
        public AccessToken tokenAfterRefusal(AccessToken refused, Deadline deadline) {
            int unused = refreshes.incrementAndGet();
            return second;
        }
    }
}
