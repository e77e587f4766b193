package dev.steadymail.server.idempotency;

import dev.steadymail.server.tenants.Tenancy;
import dev.steadymail.server.upkeep.Chore;
import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Forgets keys of which the time is over, every hour, organisation by organisation. Thread-safe. */
@Component
class KeyCleaning implements Chore {
    private final KeyRows rows;
    private final JdbcClient database;

    KeyCleaning(KeyRows rows, JdbcClient database) {
        this.rows = rows;
        this.database = database;
    }

    @Override
    public String subject() {
        return "idempotency keys that are over";
    }

    @Override
    public Duration pause() {
        return Duration.ofHours(1);
    }

    @Override
    public void run() {
        for (UUID organisation :
                database.sql("select id from organisation").query(UUID.class).list()) {
            int unusedKeys = Tenancy.in(organisation, () -> Chore.inParts(() -> rows.forget(AT_ONCE)));
        }
    }
}
