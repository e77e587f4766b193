package dev.steadymail.server.idempotency;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The table of keys, each statement for the organisation that the thread works for. Thread-safe. */
@Component
class KeyRows {
    /** How long an answer is kept. */
    static final Duration KEPT = Duration.ofHours(24);

    /** A run that is silent for so long has died. */
    static final Duration LONGEST_RUN = Duration.ofMinutes(2);

    /** The row's own organisation decides beside the policy, as everywhere. */
    private static final String CLAIM = """
            insert into idempotency_key (person_id, key, method, path, run, began_at)
            values (:person, :key, :method, :path, :run, :now)
            on conflict (organisation_id, person_id, key) do update
            set method = excluded.method, path = excluded.path, run = excluded.run, began_at = excluded.began_at,
                body_hash = null, status = null, headers = null, body = null
            where idempotency_key.organisation_id = current_organisation()
            and (idempotency_key.began_at < :old
                 or (:repeatable and idempotency_key.status is null and idempotency_key.began_at < :dead
                     and idempotency_key.method = excluded.method and idempotency_key.path = excluded.path))
            """;

    private static final String FIND = """
            select method, path, began_at, body_hash, status, headers, body from idempotency_key
            where organisation_id = current_organisation() and person_id = :person and key = :key
            """;
    private static final String COMPLETE = """
            update idempotency_key set body_hash = :hash, status = :status, headers = :headers::jsonb, body = :body
            where organisation_id = current_organisation() and person_id = :person and key = :key and run = :run
            """;
    private static final String RELEASE = """
            delete from idempotency_key
            where organisation_id = current_organisation() and person_id = :person and key = :key and run = :run
            """;
    private static final String FORGET = """
            delete from idempotency_key where ctid in (
                select ctid from idempotency_key
                where organisation_id = current_organisation() and began_at < :old limit :most)
            """;
    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};
    private static final JsonMapper JSON = new JsonMapper();

    private final JdbcClient database;
    private final InstantSource clock;

    KeyRows(JdbcClient database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Takes a key for a run; returns whether it is the run's now. */
    boolean claim(Run run) {
        Instant now = clock.instant();
        return database.sql(CLAIM)
                        .param("person", run.person())
                        .param("key", run.key())
                        .param("method", run.method())
                        .param("path", run.path())
                        .param("run", run.id())
                        .param("repeatable", run.repeatable())
                        .param("now", utc(now))
                        .param("old", utc(now.minus(KEPT)))
                        .param("dead", utc(now.minus(LONGEST_RUN)))
                        .update()
                == 1;
    }

    /** Returns what is known of a key; empty where it is free. */
    Optional<Known> find(UUID person, String key) {
        return database.sql(FIND)
                .param("person", person)
                .param("key", key)
                .query((row, n) -> known(row))
                .optional();
    }

    /** Keeps an answer, unless the key is another run's by now. */
    void complete(Run run, byte @Nullable [] bodyHash, KeptAnswer answer) {
        database.sql(COMPLETE)
                .param("person", run.person())
                .param("key", run.key())
                .param("run", run.id())
                .param("hash", bodyHash)
                .param("status", answer.status())
                .param("headers", JSON.writeValueAsString(answer.headers()))
                .param("body", answer.body())
                .update();
    }

    /** Frees a key, unless it is another run's by now. */
    void release(Run run) {
        database.sql(RELEASE)
                .param("person", run.person())
                .param("key", run.key())
                .param("run", run.id())
                .update();
    }

    /** Forgets keys of which the time is over, so many at most; returns how many. */
    int forget(int most) {
        return database.sql(FORGET)
                .param("old", utc(clock.instant().minus(KEPT)))
                .param("most", most)
                .update();
    }

    private Known known(ResultSet row) throws SQLException {
        int status = row.getInt("status");
        boolean answered = !row.wasNull();
        Instant beganAt = row.getObject("began_at", OffsetDateTime.class).toInstant();
        return new Known(
                row.getString("method"),
                row.getString("path"),
                beganAt.isBefore(clock.instant().minus(LONGEST_RUN)),
                row.getBytes("body_hash"),
                answered
                        ? new KeptAnswer(
                                status, JSON.readValue(row.getString("headers"), HEADERS), row.getBytes("body"))
                        : null);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
