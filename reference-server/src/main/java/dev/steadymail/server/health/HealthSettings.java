package dev.steadymail.server.health;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who is told how the service is doing, {@code steadymail.health.*}.
 *
 * @param apiKeys keys that open the details, two while one replaces the other; without any, callers on this machine alone see them
 * @param slowDatabase the service is degraded where the database takes longer than this to answer; 100 ms by default
 */
@ConfigurationProperties("steadymail.health")
record HealthSettings(
        @DefaultValue List<String> apiKeys,
        @DefaultValue("100ms") Duration slowDatabase) {
    HealthSettings {
        apiKeys = List.copyOf(apiKeys);
    }

    @Override
    public String toString() {
        return "HealthSettings[hidden]";
    }
}
