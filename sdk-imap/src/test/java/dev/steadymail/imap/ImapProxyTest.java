package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Credentials;
import dev.steadymail.auth.Secret;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.imap.ImapAccount.Security;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.testkit.imap.ImapTestServer;
import dev.steadymail.testkit.tls.TestCertificate;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections by a proxy go to the addresses that the resolver found, and end with an explanation where they do not. */
class ImapProxyTest {
    private static final Secret PROXY_PASSWORD = Secret.of("hush");
    private static final String PROXY = "proxy.example.com";
    private static final String SERVER = "mail.example.com";
    private static final HostResolver NAMES = host -> switch (host) {
        case PROXY -> List.of(loopback(1));
        case SERVER -> List.of(loopback(2), loopback(1));
        case "127.0.0.1" -> List.of(loopback(1));
        default -> throw new UnknownHostException("no");
    };

    @TempDir
    Path folder;

    @Test
    void socks_isToldAddresses_theNextWhereOneIsNotReached() {
        try (LocalProxy proxy = LocalProxy.socks("grace:hush");
                ImapTestServer server = builder().start()) {
            list(plain(SERVER, server.port())
                    .via(ImapProxy.socks5(PROXY, proxy.port()).login("grace", PROXY_PASSWORD)));
            assertEquals(List.of("127.0.0.2:" + server.port(), "127.0.0.1:" + server.port()), proxy.asked());
        }
    }

    @Test
    void http_isToldAnAddressAndTheLogin() {
        try (LocalProxy proxy = LocalProxy.http();
                ImapTestServer server = builder().start()) {
            list(plain("127.0.0.1", server.port())
                    .via(ImapProxy.http(PROXY, proxy.port()).login("grace", PROXY_PASSWORD)));
            assertEquals(
                    "CONNECT 127.0.0.1:" + server.port() + " HTTP/1.1",
                    proxy.asked().get(0));
            assertTrue(proxy.asked().contains("Proxy-Authorization: Basic Z3JhY2U6aHVzaA=="));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tls_isWithTheServer(boolean socks) throws Exception {
        TestCertificate keys = TestCertificate.make(folder, "ip:127.0.0.1");
        try (LocalProxy proxy = socks ? LocalProxy.socks(null) : LocalProxy.http();
                ImapTestServer server =
                        builder().tls(keys.context()).loginNeedsTls().start()) {
            ImapAccount account = plain("127.0.0.1", server.port())
                    .security(Security.IMPLICIT_TLS)
                    .via(socks ? ImapProxy.socks5(PROXY, proxy.port()) : ImapProxy.http(PROXY, proxy.port()));
            assertTrue(message(failure(account)).contains("not trusted"));
            list(account.trusting(keys.pem()));
        }
    }

    @Test
    void startTls_isWithTheServer() throws Exception {
        TestCertificate keys = TestCertificate.make(folder, "ip:127.0.0.1");
        try (LocalProxy proxy = LocalProxy.socks(null);
                ImapTestServer server =
                        builder().startTls(keys.context()).loginNeedsTls().start()) {
            list(plain("127.0.0.1", server.port())
                    .security(Security.STARTTLS)
                    .trusting(keys.pem())
                    .via(ImapProxy.socks5(PROXY, proxy.port())));
        }
    }

    @Test
    void loginThatIsRefused_isNotTriedAgain() {
        try (LocalProxy proxy = LocalProxy.socks("grace:other")) {
            MailException failure = failure(plain("127.0.0.1", 143)
                    .via(ImapProxy.socks5(PROXY, proxy.port()).login("grace", PROXY_PASSWORD)));
            assertEquals(Kind.NETWORK, failure.kind());
            assertFalse(failure.isRetryable());
            assertEquals(1, failure.attempts());
            assertTrue(message(failure).contains("user and password"), failure::getMessage);
            assertEquals(List.of(), proxy.asked());
        }
    }

    @Test
    void serverThatTheProxyDoesNotReach_mayBeReachedLater() {
        try (LocalProxy proxy = LocalProxy.socks(null)) {
            int port = LocalServers.closedPort();
            MailException failure = failure(plain(SERVER, port).via(ImapProxy.socks5(PROXY, proxy.port())));
            assertEquals(Kind.NETWORK, failure.kind());
            assertTrue(failure.isRetryable());
            assertTrue(message(failure).contains("reached from the proxy"), failure::getMessage);
        }
    }

    @Test
    void proxyThatNeverAnswers_isGivenUpAtTheLimitForConnecting() {
        try (RawServer proxy = RawServer.plain(RawServer.Peer::line)) {
            ImapAccount account = plain("127.0.0.1", 143)
                    .settings(ImapSettings.DEFAULT.connectTimeout(Duration.ofMillis(200)))
                    .via(ImapProxy.socks5(PROXY, proxy.port()));
            MailException failure = failure(account);
            assertEquals(Kind.TIMEOUT, failure.kind());
            assertTrue(message(failure).contains("200 ms"), failure::getMessage);
        }
    }

    @Test
    void proxyThatGoesAway_isTold() {
        try (RawServer proxy = RawServer.plain(peer -> {})) {
            assertProxy(failure(plain("127.0.0.1", 143).via(ImapProxy.http(PROXY, proxy.port()))));
        }
        assertProxy(failure(plain("127.0.0.1", 143).via(ImapProxy.http(PROXY, LocalServers.closedPort()))));
    }

    private static void assertProxy(MailException failure) {
        assertEquals(Kind.NETWORK, failure.kind());
        assertTrue(message(failure).contains("the proxy cannot be reached or closed"), failure::getMessage);
    }

    @Test
    void whatComesWithTheAnswer_isTheServers() throws Exception {
        CompletableFuture<String> command = new CompletableFuture<>();
        RawServer.Talk talk = peer -> {
            while (!String.valueOf(peer.line()).isEmpty()) {
                // The request is of no interest here.
            }
            peer.send("HTTP/1.1 200 ok\r\n\r\n* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready\r\n");
            command.complete(peer.command());
        };
        try (RawServer proxy = RawServer.plain(talk)) {
            failure(plain("127.0.0.1", 143).via(ImapProxy.http(PROXY, proxy.port())));
            assertTrue(command.get(10, TimeUnit.SECONDS).startsWith("AUTHENTICATE"));
        }
    }

    @Test
    void proxysName_isForTheResolver() {
        MailException failure = failure(plain("127.0.0.1", 143).via(ImapProxy.socks5("localhost", 1080)));
        assertEquals(Kind.NETWORK, failure.kind());
        assertTrue(message(failure).contains("localhost"), failure::getMessage);
    }

    @Test
    void plainText_doesNotLeaveThisMachineForAProxy() {
        HostResolver far = host -> List.of(host.equals(PROXY) ? InetAddress.getByName("192.0.2.1") : loopback(1));
        ImapAccount account = plain("127.0.0.1", 143).via(ImapProxy.socks5(PROXY, 1080));
        MailException failure = assertThrows(MailException.class, () -> list(account, far));
        assertEquals(Kind.INVALID, failure.kind());
    }

    @Test
    void loginThatCannotBeSent_isRefusedAtOnce() {
        ImapProxy http = ImapProxy.http(PROXY, 3128);
        ImapProxy socks = ImapProxy.socks5(PROXY, 1080);
        Secret longest = Secret.of("x".repeat(256));
        assertThrows(IllegalArgumentException.class, () -> http.login("a:b", PROXY_PASSWORD));
        assertThrows(IllegalArgumentException.class, () -> socks.login("grace", longest));
        assertThrows(IllegalArgumentException.class, () -> socks.login("", PROXY_PASSWORD));
        assertThrows(IllegalArgumentException.class, () -> ImapProxy.socks5("a b", 1080));
        assertThrows(IllegalArgumentException.class, () -> ImapProxy.http(PROXY, 0));
        assertEquals("ImapProxy[hidden]", socks.login("grace", PROXY_PASSWORD).toString());
    }

    private static MailException failure(ImapAccount account) {
        return assertThrows(MailException.class, () -> list(account));
    }

    private static String message(MailException failure) {
        return String.valueOf(failure.getMessage());
    }

    private static void list(ImapAccount account) {
        list(account, NAMES);
    }

    private static void list(ImapAccount account, HostResolver resolver) {
        try (MailRuntime runtime = MailRuntime.builder()
                        .resolver(resolver)
                        .retryPolicy(new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1)))
                        .callTimeout(Duration.ofSeconds(20))
                        .build();
                MailClient client = runtime.open(account)) {
            assertFalse(client.mailboxes().list().isEmpty());
        }
    }

    private static ImapTestServer.Builder builder() {
        return ImapTestServer.builder().user("ada", LocalServers.PASSWORD);
    }

    private static ImapAccount plain(String host, int port) {
        return ImapAccount.at(host, Credentials.password("ada", LocalServers.PASSWORD))
                .port(port)
                .security(Security.NONE_LOOPBACK_ONLY)
                .port(port);
    }

    private static InetAddress loopback(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }
}
