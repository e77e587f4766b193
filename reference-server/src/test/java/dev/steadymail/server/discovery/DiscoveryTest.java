package dev.steadymail.server.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.provider.HostResolver;
import dev.steadymail.server.accounts.NetworkPolicy;
import dev.steadymail.server.accounts.PortPolicy;
import dev.steadymail.server.accounts.ServerFinder.Found;
import dev.steadymail.server.accounts.SmtpUrl;
import dev.steadymail.server.discovery.Candidate.Source;
import dev.steadymail.testkit.tls.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import javax.net.SocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The whole search, with name servers, sites and addresses of the test's. */
@TestInstance(Lifecycle.PER_CLASS)
class DiscoveryTest {
    private static final String CONFIG = """
            <clientConfig><emailProvider>
              <incomingServer type="imap"><hostname>%s</hostname><port>%s</port><socketType>SSL</socketType></incomingServer>
              <outgoingServer type="smtp"><hostname>%s</hostname><port>465</port><socketType>SSL</socketType></outgoingServer>
            </emailProvider></clientConfig>""";

    private final Map<String, String> addresses = new HashMap<>();
    private final Map<String, List<String>> zone = new ConcurrentHashMap<>();
    private TestCertificate certificate;
    private HttpsSite site;

    @BeforeAll
    void makeCertificate(@TempDir Path folder) throws Exception {
        certificate = TestCertificate.make(folder, "dns:example.com,dns:autoconfig.example.com");
    }

    @BeforeEach
    void clear() throws IOException {
        addresses.clear();
        zone.clear();
        stop();
        site = new HttpsSite(certificate);
    }

    @AfterAll
    void stop() throws IOException {
        if (site != null) {
            site.close();
        }
    }

    @Test
    void knownProvider_isTheAnswer_withoutAsking() {
        List<Found> found = find("ada@gmail.com");
        assertEquals(1, found.size());
        assertEquals("imaps://ada@gmail.com@imap.gmail.com", found.get(0).url().text());
        assertTrue(String.valueOf(found.get(0).hint()).contains("app password"));
        assertEquals(List.of(), site.asked());
    }

    @Test
    void everySource_isHeard_theDomainsOwnSiteFirst() {
        addresses.put("example.com", "127.0.0.1");
        addresses.put("autoconfig.example.com", "127.0.0.1");
        addresses.put("imap.hoster.example.org", "8.8.8.8");
        addresses.put("smtp.hoster.example.org", "8.8.8.8");
        addresses.put("imap.gmail.com", "8.8.4.4");
        addresses.put("smtp.gmail.com", "8.8.4.4");
        addresses.put("imap.example.com", "8.8.8.9");
        addresses.put("smtp.example.com", "8.8.8.9");
        site.document(
                "autoconfig.example.com/mail/config-v1.1.xml",
                CONFIG.formatted("imap.hoster.example.org", "993", "smtp.hoster.example.org"));
        zone.put("MX example.com", List.of("10 aspmx.l.google.com."));
        zone.put("SRV _imaps._tcp.example.com", List.of("0 1 993 imap.hoster.example.org."));
        List<Candidate> found = candidates("ada@example.com");
        assertEquals(
                List.of(Source.AUTOCONFIG, Source.MX, Source.GUESS),
                found.stream().map(Candidate::source).toList(),
                "the same server is told once");
        assertEquals("imap.hoster.example.org", found.get(0).imap().host());
        assertEquals("imap.gmail.com", found.get(1).imap().host());
        assertEquals("imap.example.com", found.get(2).imap().host());
        assertTrue(site.asked().contains("autoconfig.example.com/mail/config-v1.1.xml?emailaddress=ada%40example.com"));
        assertTrue(site.asked().contains("example.com/.well-known/autoconfig/mail/config-v1.1.xml"));
    }

    @Test
    void guess_thatExists_hasAServerForSending() {
        addresses.put("mail.example.com", "8.8.8.8");
        List<Found> found = find("ada@example.com");
        assertEquals(
                List.of("imaps://ada@example.com@mail.example.com"),
                found.stream().map(each -> each.url().text()).toList());
        assertEquals("smtps://mail.example.com:465", SmtpUrl.text(found.get(0).smtp()));
    }

    @Test
    void hostsAndPorts_thatAreNotAllowed_areAsIfTheyWereNot() {
        addresses.put("example.com", "127.0.0.1");
        addresses.put("autoconfig.example.com", "127.0.0.1");
        addresses.put("inside.example.com", "10.0.0.1");
        addresses.put("metadata.example.com", "169.254.169.254");
        addresses.put("imap.example.com", "192.168.0.1");
        addresses.put("outside.example.com", "8.8.8.8");
        site.document(
                "autoconfig.example.com/mail/config-v1.1.xml",
                CONFIG.formatted("inside.example.com", "993", "inside.example.com"));
        site.document(
                "example.com/.well-known/autoconfig/mail/config-v1.1.xml",
                CONFIG.formatted("outside.example.com", "6379", "outside.example.com"));
        zone.put("SRV _imaps._tcp.example.com", List.of("0 1 993 metadata.example.com."));
        assertEquals(List.of(), candidates("ada@example.com"));
    }

    @Test
    void serverForSending_thatIsNotAllowed_isLeftOutAlone() {
        addresses.put("imap.hoster.example.org", "8.8.8.8");
        addresses.put("inside.example.org", "10.0.0.1");
        zone.put("SRV _imaps._tcp.example.com", List.of("0 1 993 imap.hoster.example.org."));
        zone.put("SRV _submissions._tcp.example.com", List.of("0 1 465 inside.example.org."));
        Found found = find("ada@example.com").get(0);
        assertEquals(null, found.smtp());
        assertFalse(found.isTrusted());
    }

    @Test
    void nameServersThatHang_costFiveSeconds_andNotTheOtherAnswers() {
        addresses.put("imap.example.com", "8.8.8.8");
        CountDownLatch never = new CountDownLatch(1);
        long begin = System.nanoTime();
        List<Candidate> found = candidates("ada@example.com", (name, type) -> {
            try {
                never.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            return List.of();
        });
        long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
        assertEquals(
                List.of(Source.GUESS), found.stream().map(Candidate::source).toList());
        assertTrue(seconds < 20, () -> "took " + seconds + " s");
    }

    private List<Found> find(String email) {
        return candidates(email).stream().map(Discovery::found).toList();
    }

    private List<Candidate> candidates(String email) {
        return candidates(email, (name, type) -> zone.getOrDefault(type + " " + name, List.of()));
    }

    private List<Candidate> candidates(String email, DnsRecords records) {
        HostResolver hosts = new NetworkPolicy(List.of("127.0.0.0/8"), this::address);
        KnownProviders providers = KnownProviders.read();
        HttpsFetch fetch = new HttpsFetch(
                hosts, SocketFactory.getDefault(), certificate.context().getSocketFactory(), site.port());
        PortPolicy ports = new PortPolicy(List.of(), new NetworkPolicy(List.of(), this::address));
        try (Discovery discovery =
                new Discovery(providers, new NameServers(records, providers), new Autoconfig(fetch), hosts, ports)) {
            return discovery.candidates(MailAddress.parse(email));
        }
    }

    private List<InetAddress> address(String host) throws UnknownHostException {
        String address = addresses.get(host);
        if (address == null) {
            throw new UnknownHostException(host);
        }
        return List.of(InetAddress.getByName(address));
    }
}
