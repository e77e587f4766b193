package dev.steadymail.server.health;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.stereotype.Component;

/** Looks at what the service stands on, each with a deadline. Thread-safe. */
@Component
class HealthChecks {
    private static final int DATABASE_SECONDS = 2;

    private final DataSource database;
    private final RedisCheck redis;
    private final ApplicationAvailability availability;

    HealthChecks(DataSource database, RedisCheck redis, ApplicationAvailability availability) {
        this.database = database;
        this.redis = redis;
        this.availability = availability;
    }

    /** Returns whether requests can be served. Migrations run before the server listens, so an answer means they are done. */
    boolean isReady() {
        return availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC && databaseAnswers();
    }

    Health health() {
        if (!databaseAnswers()) {
            return Health.UNHEALTHY;
        }
        return redis.answers() ? Health.HEALTHY : Health.DEGRADED;
    }

    private boolean databaseAnswers() {
        try (Connection connection = database.getConnection()) {
            return connection.isValid(DATABASE_SECONDS);
        } catch (SQLException away) {
            return false;
        }
    }

    /** How the service is doing. */
    enum Health {
        HEALTHY,
        /** It works, slower or with less behind it. */
        DEGRADED,
        UNHEALTHY;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
