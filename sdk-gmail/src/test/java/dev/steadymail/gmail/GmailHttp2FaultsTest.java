package dev.steadymail.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Tokens;
import dev.steadymail.gmail.http.HttpTrust;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.RawContent;
import dev.steadymail.mail.SendResult;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.Submission;
import dev.steadymail.testkit.conformance.SampleMail;
import dev.steadymail.testkit.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import mockwebserver3.SocketEffect.CloseStream;
import mockwebserver3.SocketEffect.ShutdownConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault P13 with HTTP/2: streams that are reset and connections that go away (RFC 9113 sections 5.4.2 and 6.8). */
class GmailHttp2FaultsTest {
    private static final String LABELS = "{\"labels\":[{\"id\":\"INBOX\",\"name\":\"INBOX\",\"type\":\"system\"}]}";
    private static final String SAVED = "{\"id\":\"a1\",\"threadId\":\"a1\"}";
    private static final int INTERNAL_ERROR = 2;
    private static final int REFUSED_STREAM = 7;
    private static final int CANCEL = 8;

    @TempDir
    private static Path folder;

    private static TestCertificate certificate;
    private static HttpTrust trust;

    private final MockWebServer server = new MockWebServer();
    private MailRuntime runtime;
    private OpenedAccount account;
    private MailClient mail;

    @BeforeAll
    static void makeCertificate() throws IOException, InterruptedException, GeneralSecurityException {
        certificate = TestCertificate.make(folder, "ip:127.0.0.1");
        trust = HttpTrust.pem(certificate.pem());
    }

    @BeforeEach
    void start() throws IOException {
        server.useHttps(certificate.context().getSocketFactory());
        server.start(InetAddress.getLoopbackAddress(), 0);
        runtime = MailRuntime.builder()
                .retryPolicy(new RetryPolicy(4, Duration.ofMillis(1), Duration.ofMillis(2)))
                .callTimeout(Duration.ofSeconds(20))
                .build();
        account = new OpenedAccount(GmailAccount.with(Tokens.fixed("token"))
                .rootUrl(URI.create("https://127.0.0.1:" + server.getPort() + "/"))
                .trusting(trust)
                .guarded(Unpaced.GUARD));
        mail = runtime.open(account);
    }

    @AfterEach
    void stop() {
        runtime.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {INTERNAL_ERROR, REFUSED_STREAM, CANCEL})
    void stream_thatIsReset_isReadOnceMore(int code) {
        server.enqueue(ok(LABELS).onRequestStart(new CloseStream(code)).build());
        server.enqueue(ok(LABELS).build());
        assertFalse(mail.mailboxes().list().isEmpty());
        assertEquals(2, server.getRequestCount());
    }

    @Test
    void stream_thatIsResetInItsAnswer_isReadOnceMore() {
        server.enqueue(ok("{" + " ".repeat(100_000) + LABELS.substring(1))
                .onResponseBody(new CloseStream(CANCEL))
                .build());
        server.enqueue(ok(LABELS).build());
        assertFalse(mail.mailboxes().list().isEmpty());
        assertEquals(2, server.getRequestCount());
    }

    @Test
    void connection_thatGoesAwayAfterAnAnswer_isReplaced() {
        for (int i = 0; i < 3; i++) {
            server.enqueue(ok(LABELS).onResponseEnd(ShutdownConnection.INSTANCE).build());
        }
        for (int i = 0; i < 3; i++) {
            assertFalse(mail.mailboxes().list().isEmpty());
        }
        assertEquals(3, server.getRequestCount());
    }

    /** RFC 9113 section 8.7: what was refused was not processed, and may be sent again whatever it is. */
    @Test
    void send_thatWasNotProcessed_isSentAgain() {
        server.enqueue(ok(SAVED).onRequestStart(new CloseStream(REFUSED_STREAM)).build());
        server.enqueue(ok(SAVED).build());
        assertInstanceOf(SendResult.Sent.class, send());
        assertEquals(2, server.getRequestCount());
    }

    @ParameterizedTest
    @ValueSource(ints = {INTERNAL_ERROR, CANCEL})
    void send_thatMayHaveBeenProcessed_isNotSentAgain(int code) {
        server.enqueue(ok(SAVED).onResponseStart(new CloseStream(code)).build());
        server.enqueue(ok(SAVED).build());
        assertInstanceOf(SendResult.Unknown.class, send());
        assertEquals(1, server.getRequestCount());
    }

    @Test
    void send_whoseConnectionCloses_isNotSentAgain() {
        server.enqueue(ok(SAVED).onResponseStart(new SocketEffect.CloseSocket()).build());
        server.enqueue(ok(SAVED).build());
        assertInstanceOf(SendResult.Unknown.class, send());
        assertEquals(1, server.getRequestCount());
    }

    private SendResult send() {
        return account.provider()
                .send(
                        Submission.of(RawContent.of(SampleMail.named("one").bytes())),
                        new Call(runtime.time().deadline(Duration.ofSeconds(20)), Lane.SEND));
    }

    private static MockResponse.Builder ok(String json) {
        return new MockResponse.Builder()
                .code(200)
                .setHeader("Content-Type", "application/json; charset=UTF-8")
                .body(json);
    }
}
