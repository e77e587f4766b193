package dev.steadymail.server.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.provider.HostResolver;
import dev.steadymail.server.accounts.ForbiddenHosts;
import dev.steadymail.server.accounts.NetworkPolicy;
import dev.steadymail.server.accounts.RecordingSockets;
import dev.steadymail.testkit.tls.TestCertificate;
import dev.steadymail.time.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(Lifecycle.PER_CLASS)
class HttpsFetchTest {
    static final List<String> SPELLINGS = ForbiddenHosts.SPELLINGS;

    private RecordingSockets recording = new RecordingSockets();
    private TestCertificate certificate;
    private HttpsSite site;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        certificate = TestCertificate.make(folder, "dns:example.com,dns:other.example.com");
        site = new HttpsSite(certificate);
    }

    @AfterAll
    void stop() throws IOException {
        site.close();
    }

    @BeforeEach
    void forget() {
        recording = new RecordingSockets();
    }

    @Test
    void document_isRead_withHostAndQuery() throws IOException {
        site.document("example.com/a.xml", "<a/>");
        assertEquals("<a/>", text(fetch().get(URI.create("https://example.com/a.xml?emailaddress=a%40b"), soon())));
        assertTrue(site.asked().contains("example.com/a.xml?emailaddress=a%40b"));
    }

    @Test
    void redirects_areFollowed_threeAtMost() throws IOException {
        site.document("other.example.com/end", "<end/>");
        for (int i = 1; i <= 4; i++) {
            String next = i == 1 ? "https://other.example.com/end" : "/r" + (i - 1);
            site.answer("example.com/r" + i, "HTTP/1.1 302 Found\r\nLocation: " + next, "");
        }
        assertEquals("<end/>", text(fetch().get(URI.create("https://example.com/r3"), soon())));
        assertThrows(IOException.class, () -> fetch().get(URI.create("https://example.com/r4"), soon()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/x",
                "https://example.com:8443/x",
                "https://ada@example.com/x",
                "file:///etc/passwd",
                "ftp://example.com/x",
                "//10.0.0.1/x",
                "https://10.0.0.1/x",
                "https://169.254.169.254/latest/meta-data",
                "https://[::1]/x",
                "https://inside.example.com/x",
                "https:///x",
                ":"
            })
    void redirect_elsewhere_isNotFollowed(String location) {
        site.answer("example.com/away", "HTTP/1.1 301 Moved\r\nLocation: " + location, "");
        int before = site.asked().size();
        assertThrows(IOException.class, () -> fetch().get(URI.create("https://example.com/away"), soon()));
        assertEquals(before + 1, site.asked().size());
    }

    @Test
    void answer_thatIsTooLong_orNotPlain_isRefused() throws IOException {
        site.document("example.com/fits", "x".repeat(64 << 10));
        assertEquals(64 << 10, fetch().get(URI.create("https://example.com/fits"), soon()).length);
        site.document("example.com/long", "x".repeat((64 << 10) + 1));
        site.document("example.com/huge", "x".repeat(2 << 20));
        site.answer("example.com/head", "HTTP/1.1 200 OK\r\nX: " + "x".repeat(17 << 10), "<a/>");
        site.answer("example.com/zip", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip", "x");
        site.answer("example.com/error", "HTTP/1.1 500 Trouble", "<a/>");
        site.answer("example.com/other", "SSH-2.0-OpenSSH", "");
        for (String path : List.of("long", "huge", "head", "zip", "error", "other", "missing")) {
            assertThrows(IOException.class, () -> fetch().get(URI.create("https://example.com/" + path), soon()), path);
        }
    }

    @Test
    void site_withAnotherNameInItsCertificate_isRefused() {
        HttpsFetch fetch = fetch();
        assertThrows(IOException.class, () -> fetch.get(URI.create("https://third.example.com/a.xml"), soon()));
        HttpsFetch strict = new HttpsFetch(
                host -> List.of(HttpsSite.here()),
                SocketFactory.getDefault(),
                (SSLSocketFactory) SSLSocketFactory.getDefault(),
                site.port());
        assertThrows(IOException.class, () -> strict.get(URI.create("https://example.com/a.xml"), soon()));
    }

    @Test
    void site_thatKeepsSilent_isLeftAfterTheDeadline() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, HttpsSite.here())) {
            HttpsFetch fetch = new HttpsFetch(
                    host -> List.of(HttpsSite.here()),
                    SocketFactory.getDefault(),
                    certificate.context().getSocketFactory(),
                    silent.getLocalPort());
            long begin = System.nanoTime();
            Deadline deadline = new Deadline(begin + Duration.ofMillis(300).toNanos(), System::nanoTime);
            assertThrows(IOException.class, () -> fetch.get(URI.create("https://example.com/a.xml"), deadline));
            assertTrue(Duration.ofNanos(System.nanoTime() - begin).toMillis() >= 300);
        }
    }

    /** A record of TLS that is promised whole and comes octet by octet. */
    @Test
    void site_thatDripsItsHandshake_isLeftAfterTheDeadline() throws IOException {
        try (ServerSocket dripping = new ServerSocket(0, 50, HttpsSite.here())) {
            Thread thread = new Thread(() -> drip(dripping), "dripping-site");
            thread.setDaemon(true);
            thread.start();
            HttpsFetch fetch = new HttpsFetch(
                    host -> List.of(HttpsSite.here()),
                    SocketFactory.getDefault(),
                    certificate.context().getSocketFactory(),
                    dripping.getLocalPort());
            long begin = System.nanoTime();
            Deadline deadline = new Deadline(begin + Duration.ofMillis(300).toNanos(), System::nanoTime);
            assertThrows(IOException.class, () -> fetch.get(URI.create("https://example.com/a.xml"), deadline));
            assertTrue(Duration.ofNanos(System.nanoTime() - begin).toSeconds() < 30, "far less than the record takes");
        }
    }

    private static void drip(ServerSocket listener) {
        byte[] record = {0x16, 3, 3, 0x3f, 0x7f};
        try (Socket socket = listener.accept()) {
            for (int i = 0; !listener.isClosed(); i++) {
                socket.getOutputStream().write(i < record.length ? record[i] : 0);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        } catch (IOException over) {
            // The client left.
        }
    }

    @ParameterizedTest
    @FieldSource("SPELLINGS")
    void forbiddenHost_isNeverConnectedTo(String host) {
        NetworkPolicy policy = new NetworkPolicy(List.of(), name -> List.of(HttpsSite.here()));
        for (String form : List.of("https://%s/a.xml", "https://[%s]/a.xml")) {
            assertThrows(Exception.class, () -> recorded(policy).get(URI.create(form.formatted(host)), soon()));
        }
        assertEquals(List.of(), recording.asked());
    }

    /** One question for each connection, and the connection goes to its answer and nowhere else. */
    @Test
    void nameThatLeadsElsewhereLater_isNotFollowed() throws UnknownHostException {
        InetAddress publicOne = InetAddress.getByAddress(new byte[] {8, 8, 8, 8});
        AtomicInteger questions = new AtomicInteger();
        HostResolver rebinding = name -> List.of(questions.incrementAndGet() == 1 ? publicOne : HttpsSite.here());
        HttpsFetch fetch = recorded(new NetworkPolicy(List.of(), rebinding));
        for (int i = 0; i < 3; i++) {
            assertThrows(IOException.class, () -> fetch.get(URI.create("https://example.com/a.xml"), soon()));
        }
        assertEquals(3, questions.get());
        assertEquals(List.of(new InetSocketAddress(publicOne, 443)), recording.asked());
    }

    private HttpsFetch recorded(NetworkPolicy policy) {
        return new HttpsFetch(policy, recording, certificate.context().getSocketFactory());
    }

    private HttpsFetch fetch() {
        NetworkPolicy policy = new NetworkPolicy(
                List.of("127.0.0.0/8"),
                name -> List.of(
                        name.startsWith("inside")
                                ? InetAddress.getByAddress(new byte[] {10, 0, 0, 1})
                                : HttpsSite.here()));
        return new HttpsFetch(
                policy, SocketFactory.getDefault(), certificate.context().getSocketFactory(), site.port());
    }

    private static Deadline soon() {
        return new Deadline(System.nanoTime() + Duration.ofSeconds(20).toNanos(), System::nanoTime);
    }

    private static String text(byte[] document) {
        return new String(document, StandardCharsets.UTF_8);
    }
}
