package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Tokens;
import dev.steadymail.gmail.http.HttpConnections;
import dev.steadymail.gmail.http.HttpRoute;
import dev.steadymail.gmail.http.HttpTimeouts;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.testkit.gmail.FakeGmail;
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
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections go where the resolver says, and nowhere else. */
class GmailResolverTest {
    private static final HostResolver REFUSES = host -> {
        throw new UnknownHostException("no");
    };

    private FakeGmail gmail;
    private int port;

    @BeforeEach
    void start() throws IOException {
        gmail = FakeGmail.builder()
                .user("ada@example.com", "token")
                .refreshToken("ada@example.com", "refresh")
                .start();
        port = URI.create(gmail.rootUrl()).getPort();
    }

    @AfterEach
    void stop() {
        gmail.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void hostThatIsRefused_isNotConnectedTo(String host) {
        MailException failure = assertThrows(MailException.class, () -> list(host, REFUSES));
        assertEquals(Kind.NETWORK, failure.kind());
        assertEquals(List.of(), gmail.log());
    }

    @Test
    void answer_isWhereTheConnectionGoes() {
        assertTrue(list("localhost", host -> List.of(loopback(1))) > 0);
        int before = gmail.log().size();
        for (String host : List.of("localhost", "127.0.0.1")) {
            assertThrows(MailException.class, () -> list(host, name -> List.of(loopback(2))));
        }
        assertEquals(before, gmail.log().size());
    }

    @Test
    void plainHttp_followsNoAnswerAwayFromThisMachine() throws IOException {
        InetAddress elsewhere = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
        assertThrows(MailException.class, () -> list("localhost", host -> List.of(elsewhere)));
        assertEquals(List.of(), gmail.log());
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
            assertTrue(list(runtime, "localhost") > 0);
            assertTrue(list(runtime, "localhost") > 0, "the connection that is there already");
            assertEquals(1, questions.get());
        }
        try (MailRuntime another = runtime(rebinding)) {
            int before = gmail.log().size();
            assertThrows(MailException.class, () -> list(another, "localhost"));
            assertEquals(before, gmail.log().size());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1", "localhost", "2130706433", "127.1", "0177.0.0.1", "[::1]", "[::ffff:127.0.0.1]"})
    void overTls_hostThatIsRefused_isNotConnectedTo(String host) throws IOException {
        try (RecordingListener listener = new RecordingListener();
                HttpConnections connections = connections("https://" + host + ":" + listener.port() + "/", REFUSES)) {
            Request request = new Request.Builder()
                    .url("https://" + host + ":" + listener.port() + "/")
                    .build();
            assertThrows(
                    UnknownHostException.class,
                    () -> connections.calls().newCall(request).execute());
            assertEquals(0, listener.connections());
        }
    }

    @Test
    void proxyOfTheSystem_isPassedBy() throws IOException {
        ProxySelector before = ProxySelector.getDefault();
        try (RecordingListener proxy = new RecordingListener();
                RecordingListener target = new RecordingListener()) {
            ProxySelector.setDefault(new EverythingTo(proxy.port()));
            String url = "https://mail.example.com:" + target.port() + "/";
            try (HttpConnections connections = connections(url, host -> List.of(loopback(1)))) {
                Request request = new Request.Builder().url(url).build();
                assertThrows(
                        IOException.class,
                        () -> connections.calls().newCall(request).execute());
            }
            assertEquals(0, proxy.connections());
            assertEquals(1, target.connections());
        } finally {
            ProxySelector.setDefault(before);
        }
    }

    private static HttpConnections connections(String url, HostResolver resolver) {
        return HttpConnections.to(HttpRoute.usual(URI.create(url), resolver), HttpTimeouts.DEFAULT);
    }

    private int list(String host, HostResolver resolver) {
        try (MailRuntime runtime = runtime(resolver)) {
            return list(runtime, host);
        }
    }

    private int list(MailRuntime runtime, String host) {
        GmailAccount account =
                GmailAccount.with(Tokens.fixed("token")).rootUrl(URI.create("http://" + host + ":" + port + "/"));
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

    private static final class EverythingTo extends ProxySelector {
        private final int port;

        EverythingTo(int port) {
            this.port = port;
        }

        @Override
        public List<Proxy> select(URI uri) {
            Proxy.Type type = uri.getScheme().equals("socket") ? Proxy.Type.SOCKS : Proxy.Type.HTTP;
            return List.of(new Proxy(type, new InetSocketAddress(loopback(1), port)));
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException failure) {
            // The test looks at who was connected to.
        }
    }
}
