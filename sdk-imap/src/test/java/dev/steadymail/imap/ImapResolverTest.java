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
import dev.steadymail.provider.HostResolver;
import dev.steadymail.testkit.imap.ImapTestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections go where the resolver says, and nowhere else. */
class ImapResolverTest {
    private static final HostResolver REFUSES = host -> {
        throw new UnknownHostException("no");
    };

    private final ImapTestServer server =
            ImapTestServer.builder().user("ada", LocalServers.PASSWORD).start();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void hostThatIsRefused_isNotConnectedTo() {
        for (String host : List.of("127.0.0.1", "localhost", "::1", "2130706433", "127.1")) {
            MailException failure = assertThrows(MailException.class, () -> list(host, REFUSES), host);
            assertEquals(Kind.NETWORK, failure.kind());
        }
        assertEquals(List.of(), server.log());
    }

    @Test
    void noAddress_isNoHost() {
        MailException failure = assertThrows(MailException.class, () -> list("127.0.0.1", host -> List.of()));
        assertEquals(Kind.NETWORK, failure.kind());
        assertEquals(List.of(), server.log());
    }

    @Test
    void answer_isWhereTheConnectionGoes() {
        assertTrue(list("mail.example.com", host -> List.of(loopback(1))) > 0);
        int before = server.log().size();
        assertThrows(MailException.class, () -> list("127.0.0.1", host -> List.of(loopback(2))));
        assertEquals(before, server.log().size());
    }

    @Test
    void addresses_areTriedInOrder() {
        assertTrue(list("mail.example.com", host -> List.of(loopback(2), loopback(1))) > 0);
    }

    /** One question for each connection: a name that leads elsewhere the second time is never asked about between check and use. */
    @Test
    void changedAnswer_isNeverMixedWithTheOneBefore() {
        AtomicInteger questions = new AtomicInteger();
        HostResolver rebinding = host -> {
            if (questions.incrementAndGet() > 1) {
                throw new UnknownHostException("no");
            }
            return List.of(loopback(1));
        };
        try (MailRuntime runtime = runtime(rebinding)) {
            assertTrue(list(runtime, "mail.example.com") > 0);
            assertEquals(1, questions.get());
            assertThrows(MailException.class, () -> list(runtime, "mail.example.com"));
            assertEquals(1, logins());
        }
    }

    @Test
    void proxyOfTheSystem_isPassedBy() {
        ProxySelector before = ProxySelector.getDefault();
        RecordingSelector selector = new RecordingSelector();
        ProxySelector.setDefault(selector);
        try {
            assertTrue(list("mail.example.com", host -> List.of(loopback(1))) > 0);
            assertFalse(selector.asked);
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    private long logins() {
        return server.log().stream()
                .filter(line -> line.startsWith("AUTHENTICATE"))
                .count();
    }

    private int list(String host, HostResolver resolver) {
        try (MailRuntime runtime = runtime(resolver)) {
            return list(runtime, host);
        }
    }

    private int list(MailRuntime runtime, String host) {
        ImapAccount account = ImapAccount.at(host, Credentials.password("ada", LocalServers.PASSWORD))
                .security(Security.NONE_LOOPBACK_ONLY)
                .port(server.port())
                .settings(ImapSettings.DEFAULT.connectTimeout(Duration.ofSeconds(5)));
        try (MailClient client = runtime.open(account)) {
            return client.mailboxes().list().size();
        }
    }

    private static MailRuntime runtime(HostResolver resolver) {
        return MailRuntime.builder()
                .resolver(resolver)
                .retryPolicy(new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1)))
                .callTimeout(Duration.ofSeconds(20))
                .build();
    }

    private static InetAddress loopback(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Leads everything to a proxy that is not there. */
    private static final class RecordingSelector extends ProxySelector {
        private volatile boolean asked;

        @Override
        public List<Proxy> select(URI uri) {
            asked = true;
            return List.of(new Proxy(Proxy.Type.SOCKS, new InetSocketAddress(loopback(1), LocalServers.closedPort())));
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            // The test looks at what was asked.
        }
    }
}
