package dev.steadymail.server.health;

import dev.steadymail.server.migrations.Migrations;
import java.sql.DatabaseMetaData;
import java.util.List;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** What the operator is told at the start: a line for each part that the server stands on. */
@Component
public class StartLines {
    private final JdbcTemplate jdbc;
    private final Migrations migrations;
    private final RedisCheck redis;

    StartLines(JdbcTemplate jdbc, Migrations migrations, RedisCheck redis) {
        this.jdbc = jdbc;
        this.migrations = migrations;
        this.redis = redis;
    }

    /** Returns the lines; asks the database and Redis. Hold no secret and nothing of a tenant's. */
    public List<String> lines() {
        return List.of(
                "database: PostgreSQL " + databaseVersion() + ", " + migrations.outcome(),
                "redis: " + redis(),
                "accounts: " + jdbc.queryForObject("select count(*) from account_place", Long.class) + " connected");
    }

    private String databaseVersion() {
        ConnectionCallback<String> version = connection -> {
            DatabaseMetaData about = connection.getMetaData();
            return about.getDatabaseMajorVersion() + "." + about.getDatabaseMinorVersion();
        };
        return String.valueOf(jdbc.execute(version));
    }

    private String redis() {
        if (!redis.isUsed()) {
            return "none (REDIS_URL is not set)";
        }
        return redis.answers() ? "answers" : "does not answer now; the server goes on without it";
    }
}
