package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.steadymail.imap.quirk.ProviderQuirks;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImapSettingsTest {
    @Test
    void eachSetting_outlivesTheOthers() {
        ProviderQuirks provider = ProviderQuirks.of("imap.example.com", "", Set.of());
        ImapSettings settings = ImapSettings.DEFAULT
                .maxHostConnections(17)
                .newConnectionsPerMinute(18)
                .maxConnections(7)
                .connectTimeout(Duration.ofSeconds(1))
                .tlsTimeout(Duration.ofSeconds(2))
                .greetingTimeout(Duration.ofSeconds(3))
                .loginTimeout(Duration.ofSeconds(4))
                .readTimeout(Duration.ofSeconds(5))
                .commandTimeout(Duration.ofSeconds(6))
                .maxLiteralBytes(2_000)
                .bodyBatchBytes(100_000)
                .bodyBatchEmails(9)
                .compression(true)
                .maxConnections(8);
        assertEquals(17, settings.maxHostConnections(provider));
        assertEquals(18, settings.newConnectionsPerMinute());
        assertEquals(8, settings.maxConnections(provider));
        assertEquals(1, settings.connectTimeout().toSeconds());
        assertEquals(2, settings.tlsTimeout().toSeconds());
        assertEquals(3, settings.greetingTimeout().toSeconds());
        assertEquals(4, settings.loginTimeout().toSeconds());
        assertEquals(5, settings.readTimeout().toSeconds());
        assertEquals(6, settings.commandTimeout().toSeconds());
        assertEquals(2_000, settings.maxLiteralBytes());
        assertEquals(100_000, settings.bodyBatchBytes());
        assertEquals(9, settings.bodyBatchEmails());
        assertEquals(true, settings.compression());
    }
}
