package dev.steadymail.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.steadymail.server.settings.ServeSettings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose word about the client is believed. All requests of these tests come from 127.0.0.1. */
final class TrustedProxiesTest {
    private static final String SECURE_ONLY = "Strict-Transport-Security";

    @TempDir
    Path temp;

    @ParameterizedTest
    @CsvSource({
        // who is trusted, whether https is believed, whether a client on this machine is believed
        "127.0.0.0/8, true, true",
        "'10.0.0.0/8,127.0.0.1', true, true",
        "10.0.0.0/8, false, false",
        "'', false, false",
    })
    void forwarded_fromTheTrustedAlone_isBelieved(String trusted, boolean https, boolean fromHere) {
        Map<String, Object> settings =
                ServeSettings.embedded(Map.of("TRUSTED_PROXIES", trusted)).properties();
        try (RunningServer server = RunningServer.start(temp, TestDatabase.createUrl(), settings)) {
            RunningServer.Answer secure =
                    server.getWith("/health/live", "X-Forwarded-For", "203.0.113.9", "X-Forwarded-Proto", "https");
            assertEquals(https, !secure.header(SECURE_ONLY).isEmpty());
            assertEquals("", server.getWith("/health/live").header(SECURE_ONLY));
            assertEquals(
                    fromHere ? 200 : 401,
                    server.getWith("/api/health", "X-Forwarded-For", "127.0.0.1")
                            .status());
            assertEquals(
                    401,
                    server.getWith("/api/health", "X-Forwarded-For", "203.0.113.9")
                            .status());
        }
    }

    /** What a client wrote into the header itself stands before what the proxy added. */
    @Test
    void forwarded_addressThatTheClientInvented_isNotTaken() {
        Map<String, Object> settings =
                ServeSettings.embedded(Map.of("TRUSTED_PROXIES", "127.0.0.0/8")).properties();
        try (RunningServer server = RunningServer.start(temp, TestDatabase.createUrl(), settings)) {
            assertEquals(
                    401,
                    server.getWith("/api/health", "X-Forwarded-For", "127.0.0.1, 203.0.113.9")
                            .status());
        }
    }
}
