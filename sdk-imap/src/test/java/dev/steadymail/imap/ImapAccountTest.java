package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.steadymail.auth.Credentials;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.imap.ImapAccount.Security;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImapAccountTest {
    private static final ImapAccount ACCOUNT =
            ImapAccount.at("IMAP.example.com", Credentials.password("ada", "secret"));

    @ParameterizedTest
    @CsvSource({"imap.example.com, 3", "imap.gmail.com, 3", "outlook.office365.com, 8", "imap.mail.yahoo.com, 2"})
    void connections_areThoseThatSuitTheProvider(String host, int connections) {
        ImapAccount account = ImapAccount.at(host, Credentials.password("ada", "secret"));
        assertEquals(connections, account.maxConnections());
        assertEquals(connections, account.guard().settings().maxInFlight());
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "5, 5", "20, 20"})
    void inFlight_followsTheConnections(int connections, int inFlight) {
        ImapAccount account = ACCOUNT.settings(ImapSettings.DEFAULT.maxConnections(connections));
        assertEquals(inFlight, account.guard().settings().maxInFlight());
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0", "2, 2, 2", "5, 3, 5", "20, 3, 8"})
    void ownGuard_isCutToTheConnections(int connections, int inFlight, int adaptive) {
        GuardSettings own = GuardSettings.builder()
                .maxInFlight(3)
                .adaptiveMax(8)
                .failureRate(7)
                .build();
        GuardSettings result = ACCOUNT.guarded(own)
                .settings(ImapSettings.DEFAULT.maxConnections(connections))
                .guard()
                .settings();
        assertEquals(inFlight, result.maxInFlight());
        assertEquals(adaptive, result.adaptiveMax());
        assertEquals(7, result.failureRate());
    }

    @Test
    void host_isOneForAllAccountsOnOnePort() {
        assertEquals("imap.example.com:993", ACCOUNT.guard().host());
        assertEquals(
                "imap.example.com:143",
                ACCOUNT.security(Security.STARTTLS).guard().host());
    }
}
