package dev.steadymail.server.people;

import dev.steadymail.server.tenants.Caller;
import dev.steadymail.server.tenants.Role;
import dev.steadymail.server.tenants.Scope;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tokens for programs: each acts for the person who made it, within its scopes and for as long as the person is a member. Shown once, stored as
 * a keyed hash. Thread-safe.
 */
@Component
final class ApiTokens {
    /** What a token begins with, so that people and scanners know one when they see it. */
    static final String PREFIX = "smt_";

    private static final int SECRET_BYTES = 32;
    private static final Duration USED_EVERY = Duration.ofMinutes(1);
    private static final String LISTED =
            "select id, name, person_id, scopes, created_at, expires_at, used_at from api_token ";

    private final JdbcClient database;
    private final TokenSecrets secrets;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    ApiTokens(JdbcClient database, TokenSecrets secrets, InstantSource clock) {
        this.database = database;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Makes a token; its text is in the answer and nowhere else. */
    Made add(UUID organisation, UUID person, String name, Set<Scope> scopes, @Nullable Instant expiresAt) {
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        UUID id = UUID.randomUUID();
        database.sql("""
                        insert into api_token (id, organisation_id, person_id, name, hash, scopes, created_at, expires_at)
                        values (:id, :organisation, :person, :name, :hash, :scopes, :now, :end)
                        """)
                .param("id", id)
                .param("organisation", organisation)
                .param("person", person)
                .param("name", name)
                .param("hash", hash(token))
                .param("scopes", scopes.stream().map(Scope::text).sorted().toArray(String[]::new))
                .param("now", utc(clock.instant()))
                .param("end", expiresAt == null ? null : utc(expiresAt))
                .update();
        return new Made(id, token);
    }

    /** Returns who a token acts for; empty where there is none, or its time is over. */
    Optional<Caller> caller(String token) {
        Instant now = clock.instant();
        Optional<Caller> caller = database.sql("""
                        select t.person_id, t.organisation_id, t.scopes, m.role from api_token t
                        join membership m using (organisation_id, person_id)
                        where t.hash = :hash and (t.expires_at is null or t.expires_at > :now)
                        """)
                .param("hash", hash(token))
                .param("now", utc(now))
                .query((row, n) -> caller(row))
                .optional();
        if (caller.isPresent()) {
            // Not at each use: a busy token would write its row a thousand times a second.
            database.sql("update api_token set used_at = :now"
                            + " where hash = :hash and (used_at is null or used_at < :before)")
                    .param("now", utc(now))
                    .param("before", utc(now.minus(USED_EVERY)))
                    .param("hash", hash(token))
                    .update();
        }
        return caller;
    }

    /** Returns the tokens of an organisation, or of one of its people, 1,000 at most, newest first. */
    List<ApiToken> list(UUID organisation, @Nullable UUID person) {
        return database.sql(LISTED + """
                        where organisation_id = :organisation and (cast(:person as uuid) is null or person_id = :person)
                        order by created_at desc, id limit 1000
                        """)
                .param("organisation", organisation)
                .param("person", person)
                .query((row, n) -> token(row))
                .list();
    }

    /** Ends a token at once. Returns whether there was one. */
    boolean remove(UUID organisation, @Nullable UUID person, UUID id) {
        return database.sql("""
                        delete from api_token where id = :id and organisation_id = :organisation
                        and (cast(:person as uuid) is null or person_id = :person)
                        """)
                        .param("id", id)
                        .param("organisation", organisation)
                        .param("person", person)
                        .update()
                == 1;
    }

    /** Ends all tokens that a person made. */
    void removeAll(UUID person) {
        database.sql("delete from api_token where person_id = ?").param(person).update();
    }

    /** Deletes tokens whose time is over, some at a time. Returns how many. */
    int forget(int most) {
        return database.sql("""
                        delete from api_token where id in (
                            select id from api_token where expires_at < :now limit :most)
                        """)
                .param("now", utc(clock.instant()))
                .param("most", most)
                .update();
    }

    private byte[] hash(String token) {
        return secrets.hash("api token", token);
    }

    private static Caller caller(ResultSet row) throws SQLException {
        Set<Scope> scopes = texts(row).stream()
                .map(Scope::of)
                .flatMap(Optional::stream)
                .filter(Scope.ofTokens()::contains)
                .collect(Collectors.toSet());
        return new Caller(
                row.getObject("person_id", UUID.class),
                row.getObject("organisation_id", UUID.class),
                Role.of(row.getString("role")),
                scopes,
                null);
    }

    private static ApiToken token(ResultSet row) throws SQLException {
        return new ApiToken(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getObject("person_id", UUID.class),
                texts(row),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                instant(row, "expires_at"),
                instant(row, "used_at"));
    }

    private static List<String> texts(ResultSet row) throws SQLException {
        return Arrays.asList((String[]) row.getArray("scopes").getArray());
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    /** A token as it is listed, without its text. */
    record ApiToken(
            UUID id,
            String name,
            UUID personId,
            List<String> scopes,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant usedAt) {}

    /** A new token, shown this once. */
    record Made(UUID id, String token) {
        @Override
        public String toString() {
            return "Made[" + id + "]";
        }
    }
}
