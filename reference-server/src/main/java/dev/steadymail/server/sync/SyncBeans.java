package dev.steadymail.server.sync;

import dev.steadymail.server.folder.DataFolder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Settings of the background work. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SyncSettings.class)
class SyncBeans {
    private static final Duration LEAST_SILENCE = Duration.ofMinutes(15);
    private static final int MISSED_SYNCS = 3;

    /** Kept in the data folder, which only one server at a time can hold. */
    @Bean
    NodeName nodeName(DataFolder folder) {
        return new NodeName(folder.node());
    }

    /** The least is what an account waits after failures, so that one account in trouble is not taken for trouble of the server. */
    @Bean
    SyncActivity syncActivity(JdbcTemplate jdbc, SyncSettings settings, InstantSource clock) {
        Duration limit = Stream.of(LEAST_SILENCE, settings.interval().multipliedBy(MISSED_SYNCS))
                .max(Duration::compareTo)
                .orElseThrow();
        return new SyncActivity(jdbc, limit, clock);
    }
}
