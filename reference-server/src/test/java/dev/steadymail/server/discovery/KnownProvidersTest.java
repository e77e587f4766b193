package dev.steadymail.server.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.server.accounts.HostText;
import dev.steadymail.server.accounts.NetworkPolicy;
import dev.steadymail.server.accounts.PortPolicy;
import dev.steadymail.server.discovery.Server.Protection;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownProvidersTest {
    private final KnownProviders providers = KnownProviders.read();

    @Test
    void table_hasTheTwentyMostUsed_withHostsAndPortsThatAreAllowed() {
        PortPolicy ports = new PortPolicy(List.of(), new NetworkPolicy(List.of(), host -> {
            throw new UnknownHostException(host);
        }));
        assertTrue(providers.all().size() >= 20);
        for (KnownProvider row : providers.all()) {
            assertTrue(HostText.isName(row.imap().host())
                    && ports.isImapAllowed(row.imap().host(), row.imap().port()));
            assertTrue(HostText.isName(row.smtp().host())
                    && ports.isSmtpAllowed(row.smtp().host(), row.smtp().port()));
            assertEquals(993, row.imap().port());
            assertEquals(
                    row.smtp().protection() == Protection.TLS ? 465 : 587,
                    row.smtp().port());
            assertTrue(!row.logins().isEmpty() && Set.of("password", "oauth").containsAll(row.logins()));
            row.domains().forEach(domain -> assertTrue(HostText.isName(domain) || domain.endsWith("."), domain));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "gmail.com, imap.gmail.com",
        "googlemail.com, imap.gmail.com",
        "outlook.com, outlook.office365.com",
        "hotmail.co.uk, outlook.office365.com",
        "live.de, outlook.office365.com",
        "yahoo.co.jp, imap.mail.yahoo.com",
        "ymail.com, imap.mail.yahoo.com",
        "me.com, imap.mail.me.com",
        "web.de, imap.web.de",
        "gmx.de, imap.gmx.net",
        "gmx.com, imap.gmx.com"
    })
    void domain_isKnown(String domain, String imap) {
        assertEquals(imap, providers.ofDomain(domain).orElseThrow().imap().host());
    }

    @ParameterizedTest
    @CsvSource({
        "notgmail.com",
        "gmail.com.evil.org",
        "hotmail.evil.org",
        "outlook.evil",
        "mail.gmail.com",
        "yahoo.x.y.z",
        "live"
    })
    void otherDomain_isNot(String domain) {
        assertTrue(providers.ofDomain(domain).isEmpty(), domain);
    }

    @Test
    void exchanger_isKnownByItsEnd_atADot() {
        assertEquals(
                "imap.gmail.com",
                providers.ofExchanger("aspmx.l.google.com").orElseThrow().imap().host());
        assertTrue(providers.ofExchanger("aspmx.l.notgoogle.com").isEmpty());
        assertTrue(providers.ofExchanger("google.com.evil.org").isEmpty());
    }
}
