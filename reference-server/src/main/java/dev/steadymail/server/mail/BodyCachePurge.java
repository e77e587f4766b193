package dev.steadymail.server.mail;

import dev.steadymail.server.tenants.Tenancy;
import dev.steadymail.server.upkeep.Chore;
import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Removes what has expired from {@link BodyCache}, once a minute, organisation by organisation. Thread-safe. */
@Component
class BodyCachePurge implements Chore {
    private final JdbcClient database;
    private final BodyCache cache;

    BodyCachePurge(JdbcClient database, BodyCache cache) {
        this.database = database;
        this.cache = cache;
    }

    @Override
    public String subject() {
        return "bodies that were read a while ago";
    }

    @Override
    public Duration pause() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        int unusedCount = round();
    }

    /** Removes what has expired; returns how many parts of emails that were. */
    int round() {
        int removed = 0;
        for (UUID organisation : database.sql("select id from organisation order by id")
                .query(UUID.class)
                .list()) {
            removed += Tenancy.in(organisation, () -> Chore.inParts(() -> cache.removeExpired(AT_ONCE)));
        }
        return removed;
    }
}
