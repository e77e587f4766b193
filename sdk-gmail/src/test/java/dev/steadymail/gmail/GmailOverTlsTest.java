package dev.steadymail.gmail;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.google.api.services.gmail.Gmail;
import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.auth.Secret;
import dev.steadymail.auth.Tokens;
import dev.steadymail.gmail.http.HttpProxy;
import dev.steadymail.gmail.http.HttpTrust;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.EmailImport;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.RawContent;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.testkit.proxy.FaultProxy;
import dev.steadymail.testkit.proxy.Place;
import dev.steadymail.testkit.proxy.ProxyFault;
import dev.steadymail.testkit.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2, trust and proxies, with a real handshake. */
class GmailOverTlsTest {
    private static final String LABELS = "{\"labels\":[{\"id\":\"INBOX\",\"name\":\"INBOX\",\"type\":\"system\"}]}";
    private static final RawContent MESSAGE =
            RawContent.of("To: ada@example.com\r\n\r\ntext\r\n".getBytes(StandardCharsets.US_ASCII));
    private static final String HTTP_2 = "HTTP/2.0";

    @TempDir
    private static Path folder;

    private static TestCertificate certificate;
    private static HttpTrust trust;

    private final WireMockServer server = server(false);
    private MailRuntime runtime;

    @BeforeAll
    static void makeCertificate() throws IOException, InterruptedException, GeneralSecurityException {
        certificate = TestCertificate.make(folder, "ip:127.0.0.1");
        trust = HttpTrust.pem(certificate.pem());
    }

    @BeforeEach
    void start() {
        start(server);
        runtime = MailRuntime.create();
    }

    @AfterEach
    void stop() {
        runtime.close();
        server.stop();
    }

    @Test
    void requestsOfManyAccounts_goOverOneConnectionOfHttp2() {
        try (LocalTunnel tunnel = new LocalTunnel(server.httpsPort(), null)) {
            HttpProxy proxy = HttpProxy.http("127.0.0.1", tunnel.port());
            for (String user : List.of("ada@example.com", "grace@example.com", "joan@example.com")) {
                list(account(server).trusting(trust).user(user).via(proxy));
            }
            assertEquals(List.of("CONNECT 127.0.0.1:" + server.httpsPort() + " HTTP/1.1"), tunnel.asked());
        }
        assertEquals(List.of(HTTP_2, HTTP_2, HTTP_2), protocols(server));
    }

    @Test
    void serverWithoutHttp2_isSpokenToInHttp11() {
        WireMockServer older = server(true);
        start(older);
        try {
            list(account(older).trusting(trust));
            assertEquals(List.of("HTTP/1.1"), protocols(older));
        } finally {
            older.stop();
        }
    }

    @Test
    void answersReadAtLeisure_haveConnectionsOfTheirOwn() throws IOException {
        try (MailClient mail = runtime.open(account(server).trusting(certificate.pem()))) {
            var labels = mail.unwrap(Gmail.class)
                    .orElseThrow()
                    .users()
                    .labels()
                    .list("me")
                    .execute();
            assertEquals(1, labels.getLabels().size());
        }
        assertEquals(List.of("HTTP/1.1"), protocols(server));
    }

    @Test
    void certificateOfAnUnknownAuthority_isRefusedForGood() {
        MailException refused = assertThrows(MailException.class, () -> list(account(server)));
        assertEquals(Kind.NETWORK, refused.kind());
        assertFalse(refused.isRetryable());
        assertEquals(List.of(), protocols(server));
    }

    @Test
    void proxy_isLoggedInTo() {
        String login = "Basic YWRhOnMzY3IzdA==";
        try (LocalTunnel tunnel = new LocalTunnel(server.httpsPort(), login)) {
            HttpProxy proxy = HttpProxy.http("127.0.0.1", tunnel.port()).login("ada", Secret.of("s3cr3t"));
            list(account(server).trusting(trust).via(proxy));
            assertEquals(1, tunnel.asked().size());
        }
        server.getAllServeEvents()
                .forEach(event -> assertFalse(event.getRequest().containsHeader("Proxy-Authorization")));
    }

    @Test
    void loginThatTheProxyRefuses_isTold() {
        try (LocalTunnel tunnel = new LocalTunnel(server.httpsPort(), "Basic other")) {
            HttpProxy proxy = HttpProxy.http("127.0.0.1", tunnel.port()).login("ada", Secret.of("s3cr3t"));
            MailException refused = assertThrows(
                    MailException.class,
                    () -> list(account(server).trusting(trust).via(proxy)));
            assertEquals(Kind.NETWORK, refused.kind());
            assertFalse(refused.toString().contains("s3cr3t"));
            assertEquals(List.of(), tunnel.asked());
        }
    }

    @Test
    void importThatDidNotPassTheProxy_surelyHadNoEffect() {
        try (LocalTunnel tunnel = new LocalTunnel(server.httpsPort(), "Basic other");
                MailClient mail =
                        runtime.open(account(server).trusting(trust).via(HttpProxy.http("127.0.0.1", tunnel.port())))) {
            MailException refused = assertThrows(MailException.class, () -> add(mail));
            assertEquals(Optional.of(false), refused.effect());
        }
    }

    @Test
    void importWhoseHandshakeBreaksOff_goesOverAnotherConnection() {
        try (FaultProxy proxy = FaultProxy.builder(server.httpsPort()).start()) {
            proxy.add(new ProxyFault.Cut(Place.toServer().on(1).after(50)));
            proxy.add(new ProxyFault.Reset(Place.toServer().on(2).after(50)));
            GmailAccount account = GmailAccount.with(Tokens.fixed("token"))
                    .rootUrl(URI.create("https://127.0.0.1:" + proxy.port() + "/"))
                    .trusting(trust);
            try (MailClient mail = runtime.open(account)) {
                assertEquals(new EmailId("m1"), add(mail));
            }
        }
        assertEquals(1, protocols(server).size());
    }

    /** Only the proxy may see what is for it: an origin could ask for it through the tunnel. */
    @Test
    void originThatAsksForTheLogin_isNotGivenIt() {
        server.stubFor(any(anyUrl())
                .willReturn(aResponse().withStatus(407).withHeader("Proxy-Authenticate", "Basic realm=\"x\"")));
        try (LocalTunnel tunnel = new LocalTunnel(server.httpsPort(), null)) {
            HttpProxy proxy = HttpProxy.http("127.0.0.1", tunnel.port()).login("ada", Secret.of("s3cr3t"));
            assertThrows(
                    MailException.class,
                    () -> list(account(server).trusting(trust).via(proxy)));
        }
        assertFalse(server.getAllServeEvents().isEmpty());
        server.getAllServeEvents()
                .forEach(event -> assertFalse(event.getRequest().containsHeader("Proxy-Authorization")));
    }

    @Test
    void resolverThatAllowsNoProxies_refusesOne() {
        try (MailRuntime bound = MailRuntime.builder().resolver(new NoProxies()).build()) {
            GmailAccount account = account(server).via(HttpProxy.socks5("127.0.0.1", 1080));
            IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> bound.open(account));
            assertTrue(refused.getMessage().contains("resolver"), refused::getMessage);
        }
    }

    @Test
    void proxiesThatCannotBe_areRefusedAtOnce() {
        HttpProxy http = HttpProxy.http("proxy.example.com", 3128);
        HttpProxy socks = HttpProxy.socks5("proxy.example.com", 1080);
        assertThrows(IllegalArgumentException.class, () -> http.login("a:b", Secret.of("x")));
        assertThrows(IllegalArgumentException.class, () -> http.login("a", Secret.of("x\r\ny: z")));
        assertThrows(IllegalStateException.class, () -> socks.login("a", Secret.of("x")));
        assertThrows(IllegalArgumentException.class, () -> HttpProxy.http("a b", 3128));
        assertThrows(IllegalArgumentException.class, () -> HttpProxy.socks5("a", 65_536));
    }

    private void list(GmailAccount account) {
        try (MailClient mail = runtime.open(account)) {
            assertFalse(mail.mailboxes().list().isEmpty());
        }
    }

    private static EmailId add(MailClient mail) {
        return mail.emails().importEmail(MESSAGE, EmailImport.into(new MailboxId("INBOX")));
    }

    private static GmailAccount account(WireMockServer server) {
        return GmailAccount.with(Tokens.fixed("token"))
                .rootUrl(URI.create("https://127.0.0.1:" + server.httpsPort() + "/"));
    }

    private static WireMockServer server(boolean older) {
        return new WireMockServer(wireMockConfig()
                .dynamicPort()
                .dynamicHttpsPort()
                .bindAddress("127.0.0.1")
                .http2TlsDisabled(older)
                .keystorePath(certificate.keyStore().toString())
                .keystoreType("PKCS12")
                .keystorePassword(TestCertificate.PASSWORD)
                .keyManagerPassword(TestCertificate.PASSWORD));
    }

    private static void start(WireMockServer server) {
        server.start();
        server.stubFor(get(anyUrl()).willReturn(okJson(LABELS)));
        server.stubFor(post(anyUrl()).willReturn(okJson("{\"id\":\"m1\",\"threadId\":\"t1\"}")));
    }

    private static List<String> protocols(WireMockServer server) {
        return server.getAllServeEvents().stream()
                .map(event -> event.getRequest().getProtocol())
                .toList();
    }

    private static final class NoProxies implements HostResolver {
        @Override
        public List<InetAddress> resolve(String host) throws UnknownHostException {
            return List.of(InetAddress.getAllByName(host));
        }

        @Override
        public boolean allowsProxies() {
            return false;
        }
    }
}
