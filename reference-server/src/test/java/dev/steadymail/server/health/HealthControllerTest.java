package dev.steadymail.server.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.steadymail.server.RunningServer;
import dev.steadymail.server.RunningServer.Answer;
import dev.steadymail.server.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What monitoring gets over HTTP. */
final class HealthControllerTest {
    private static final String NEW = "v8Kq2Zr5Wn7Yt1Xp";
    private static final String OLD = "w8Kq2Zr5Wn7Yt1Xq";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path temp;

    @Test
    void details_withEachOfTwoKeys_areTold_andElse401() {
        Map<String, Object> keys = Map.of("steadymail.health.api-keys", NEW + "," + OLD);
        try (RunningServer server = RunningServer.start(temp, TestDatabase.createUrl(), keys)) {
            for (String key : new String[] {NEW, OLD}) {
                Answer answer = server.getWith("/api/health", HealthKeys.HEADER, key);
                assertEquals(200, answer.status());
                assertEquals("no-store", answer.header("Cache-Control"));
                assertEquals("healthy", answer.json().get("status").asString());
            }
            Answer wrong = server.getWith("/api/health", HealthKeys.HEADER, NEW + "x");
            Answer without = server.getWith("/api/health");
            Answer token = server.get("/api/health");
            for (Answer refused : new Answer[] {wrong, without, token}) {
                assertEquals(401, refused.status());
                assertTrue(refused.header("WWW-Authenticate").startsWith("ApiKey"));
                assertFalse(refused.text().contains(NEW) || refused.text().contains("latency"), refused.text());
            }
            assertEquals(wrong.text(), without.text());
        }
    }

    @Test
    void details_databaseGone_are503AndSayWhich() {
        try (RunningServer server = RunningServer.start(temp)) {
            Map<String, JsonNode> checks = checks(server.getWith("/api/health"));
            assertEquals("healthy", checks.get("database").get("status").asString());
            assertTrue(checks.get("database").get("latencyMillis").asLong() >= 0);
            assertEquals("unused", checks.get("redis").get("status").asString());
            assertEquals("healthy", checks.get("sync").get("status").asString());

            server.bean(HikariDataSource.class).close();
            Answer answer = server.getWith("/api/health");
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (answer.status() == 200 && System.nanoTime() - end < 0) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                answer = server.getWith("/api/health");
            }

            assertEquals(503, answer.status());
            assertEquals("unhealthy", answer.json().get("status").asString());
            assertEquals(
                    "unhealthy", checks(answer).get("database").get("status").asString());
        }
    }

    private static Map<String, JsonNode> checks(Answer answer) {
        Map<String, JsonNode> checks = new HashMap<>();
        answer.json()
                .get("checks")
                .forEach(check -> checks.put(check.get("name").asString(), check));
        return checks;
    }
}
