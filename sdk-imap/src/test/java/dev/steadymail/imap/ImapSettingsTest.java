package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.steadymail.imap.quirk.ProviderQuirks;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ImapSettingsTest {
    private static final ProviderQuirks OTHER = ProviderQuirks.of("imap.example.com", "", Set.of());

    @Test
    void setters_oneAfterAnother_keepWhatWasSet() {
        ImapSettings settings = ImapSettings.DEFAULT
                .maxConnections(4)
                .maxHostConnections(7)
                .newConnectionsPerMinute(30)
                .maxLiteralBytes(2048)
                .bodyBatchBytes(1 << 20)
                .bodyBatchEmails(9)
                .connectTimeout(Duration.ofSeconds(1))
                .tlsTimeout(Duration.ofSeconds(2))
                .greetingTimeout(Duration.ofSeconds(3))
                .loginTimeout(Duration.ofSeconds(4))
                .readTimeout(Duration.ofSeconds(5))
                .commandTimeout(Duration.ofSeconds(6));
        assertEquals(4, settings.maxConnections(OTHER));
        assertEquals(7, settings.maxHostConnections(OTHER));
        assertEquals(30, settings.newConnectionsPerMinute());
        assertEquals(2048, settings.maxLiteralBytes());
        assertEquals(1 << 20, settings.bodyBatchBytes());
        assertEquals(9, settings.bodyBatchEmails());
        assertEquals(Duration.ofSeconds(1), settings.connectTimeout());
        assertEquals(Duration.ofSeconds(2), settings.tlsTimeout());
        assertEquals(Duration.ofSeconds(3), settings.greetingTimeout());
        assertEquals(Duration.ofSeconds(4), settings.loginTimeout());
        assertEquals(Duration.ofSeconds(5), settings.readTimeout());
        assertEquals(Duration.ofSeconds(6), settings.commandTimeout());
    }
}
