package dev.steadymail.server.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.server.discovery.Candidate.Confidence;
import dev.steadymail.server.discovery.Candidate.Source;
import dev.steadymail.server.discovery.Server.Protection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameServersTest {
    private static final MailAddress ADA = MailAddress.parse("ada@example.com");

    private final Map<String, List<String>> zone = new HashMap<>();
    private final NameServers names =
            new NameServers((name, type) -> zone.getOrDefault(type + " " + name, List.of()), KnownProviders.read());

    @Test
    void services_ofTheDomain_areTaken_tlsFirst_byPriorityAndWeight() {
        srv("_imap._tcp", "0 1 143 plain.example.com.");
        srv("_imaps._tcp", "10 9 993 later.example.com.", "1 1 993 light.example.com.", "1 5 4993 IMAP.Example.com.");
        srv("_submission._tcp", "0 1 587 smtp.example.com.");
        Candidate found = names.services(ADA).orElseThrow();
        assertEquals(new Server("imap.example.com", 4993, Protection.TLS), found.imap());
        assertEquals(new Server("smtp.example.com", 587, Protection.STARTTLS), found.smtp());
        assertEquals(Confidence.MEDIUM, found.confidence());
        assertEquals(Source.SRV, found.source());
        assertTrue(found.isTrusted());
    }

    @Test
    void services_outsideOfTheDomain_needALook() {
        srv("_imaps._tcp", "0 1 993 imap.example.com.evil.org.");
        assertFalse(names.services(ADA).orElseThrow().isTrusted());
        srv("_imaps._tcp", "0 1 993 imap.example.com.");
        srv("_submissions._tcp", "0 1 465 smtp.evil.org.");
        assertFalse(names.services(ADA).orElseThrow().isTrusted());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 0 0 .",
                "0 1 993 127.0.0.1.",
                "0 1 993 2130706433.",
                "0 1 993 [::1]",
                "0 1 993 a b.example.com.",
                "nonsense",
                "0 1 993",
                "0 1 999999 imap.example.com.",
                "-1 1 993 imap.example.com.",
                ""
            })
    void services_thatAreNone_areLeftOut(String record) {
        srv("_imaps._tcp", record);
        assertTrue(names.services(ADA).isEmpty());
    }

    @Test
    void exchanger_ofAKnownProvider_isThatProvider() {
        zone.put("MX example.com", List.of("10 mx.elsewhere.org.", "20 ALT1.ASPMX.L.Google.com."));
        Candidate found = names.exchanger(ADA).orElseThrow();
        assertEquals("imap.gmail.com", found.imap().host());
        assertEquals(Source.MX, found.source());
        zone.put("MX example.com", List.of("0 .", "", "10 mx.elsewhere.org."));
        assertTrue(names.exchanger(ADA).isEmpty());
    }

    private void srv(String service, String... records) {
        zone.put("SRV " + service + ".example.com", List.of(records));
    }
}
