package dev.steadymail.observability.export;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.auth.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where batches may go, and what is shown of it. */
class HttpExporterTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://telemetry.example.com",
                "http://127.0.0.1.example.com",
                "http://10.0.0.1",
                "ftp://localhost",
                "telemetry.example.com",
                "https://ada:secret@telemetry.example.com",
                "https://telemetry.example.com?key=secret",
                "https://telemetry.example.com#secret",
                ""
            })
    void otherUrls_areRefused_andNotShown(String url) {
        var refused = assertThrows(IllegalArgumentException.class, () -> HttpExporter.to(url));
        assertFalse(refused.getMessage().contains("secret"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://telemetry.example.com:8443/a/b/",
                "http://localhost:80",
                "http://127.0.0.1:8080",
                "http://[::1]:8080"
            })
    void receivers_areTaken(String url) {
        assertDoesNotThrow(() -> HttpExporter.to(url).close());
    }

    @Test
    void token_isNotShown() {
        HttpExporter exporter = HttpExporter.builder("https://telemetry.example.com")
                .token(Secret.of("canary"))
                .build();
        assertFalse(exporter.toString().contains("canary"));
    }

    @Test
    void strangeDeadlines_areRefused() {
        HttpExporter.Builder builder = HttpExporter.builder("https://telemetry.example.com");
        assertThrows(IllegalArgumentException.class, () -> builder.answerWithin(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> builder.connectWithin(Duration.ofHours(1)));
    }

    @Test
    void batches_haveAHundredEventsAtMost_andShowNone() {
        byte[] json = "{\"canary\":1}".getBytes(StandardCharsets.UTF_8);
        UUID id = UUID.randomUUID();
        assertThrows(IllegalArgumentException.class, () -> EventBatch.of(id, id, 101, json));
        assertThrows(IllegalArgumentException.class, () -> EventBatch.of(id, id, 0, json));
        assertFalse(EventBatch.of(id, id, 100, json).toString().contains("canary"));
    }
}
