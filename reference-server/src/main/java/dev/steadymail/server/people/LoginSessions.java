package dev.steadymail.server.people;

import dev.steadymail.server.tenants.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
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
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Logins of devices. Each is a family of refresh tokens of which one is live: whoever uses it gets the next one (RFC 9700 section 4.14.2). The
 * next one follows from the one before under the server's key, so that asking again within ten seconds, after an answer that was lost, brings
 * the same token and no second one. Whoever uses one later has a copy, and the whole family ends. Only keyed hashes are stored. Thread-safe.
 */
@Component
final class LoginSessions {
    private static final Duration REPEAT_WITHIN = Duration.ofSeconds(10);
    private static final int SECRET_BYTES = 32;
    private static final int CHECK_BYTES = 16;
    private static final int LONGEST_DEVICE = 200;
    private static final String COLUMNS =
            "select s.*, m.role from login_session s join membership m using (organisation_id, person_id) ";

    private final JdbcClient database;
    private final TransactionOperations transactions;
    private final TokenSecrets secrets;
    private final PeopleSettings settings;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    LoginSessions(
            JdbcClient database,
            TransactionOperations transactions,
            TokenSecrets secrets,
            PeopleSettings settings,
            InstantSource clock) {
        this.database = database;
        this.transactions = transactions;
        this.secrets = secrets;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Begins a session, and ends the one that the same person had on the same device.
     *
     * @param device what the client calls itself, cut after 200 characters; null where it does not say
     * @param life how long it lasts without being used; null for the server's setting
     */
    Issued begin(UUID organisation, UUID person, @Nullable String device, String address, @Nullable Duration life) {
        UUID id = UUID.randomUUID();
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        String token = text(id, secret);
        Instant now = clock.instant();
        // Two that do not say what they are called are two.
        String named = device == null ? "unnamed " + id : device;
        String name = named.length() <= LONGEST_DEVICE ? named : named.substring(0, LONGEST_DEVICE);
        return inTransaction(() -> {
            database.sql("""
                            update login_session set revoked_at = :now, revoked_for = 'replaced'
                            where person_id = :person and organisation_id = :organisation and device = :device
                            and revoked_at is null
                            """)
                    .param("now", utc(now))
                    .param("person", person)
                    .param("organisation", organisation)
                    .param("device", name)
                    .update();
            database.sql("""
                            insert into login_session (id, organisation_id, person_id, device, address, refresh_hash,
                                                       rotated_at, created_at, used_at, expires_at)
                            values (:id, :organisation, :person, :device, :address, :hash, :now, :now, :now, :end)
                            """)
                    .param("id", id)
                    .param("organisation", organisation)
                    .param("person", person)
                    .param("device", name)
                    .param("address", address)
                    .param("hash", stored(token))
                    .param("now", utc(now))
                    .param("end", utc(now.plus(life == null ? settings.sessionLife() : life)))
                    .update();
            return new Issued(find(id).orElseThrow(), token);
        });
    }

    /**
     * Gives the next refresh token for one.
     *
     * @param lifeIn how long a session of an organisation lasts without being used, empty for the server's setting; what it throws
     *     leaves the token as it is
     * @return empty where it is no token of a live session; if it was one before, the session has ended now
     */
    Optional<Issued> refresh(String token, Function<UUID, Optional<Duration>> lifeIn) {
        Optional<UUID> id = id(token);
        if (id.isEmpty()) {
            return Optional.empty();
        }
        return inTransaction(() -> {
            database.sql("select 1 from login_session where id = ? for update")
                    .param(id.get())
                    .query()
                    .listOfRows();
            return find(id.get()).flatMap(session -> rotated(session, token, lifeIn));
        });
    }

    private Optional<Issued> rotated(LoginSession session, String token, Function<UUID, Optional<Duration>> lifeIn) {
        Instant now = clock.instant();
        byte[] hash = stored(token);
        if (!session.isLive(now)) {
            return Optional.empty();
        }
        Duration life = lifeIn.apply(session.organisation()).orElse(settings.sessionLife());
        String next = successor(session.id(), token);
        if (MessageDigest.isEqual(hash, session.refreshHash())) {
            database.sql("""
                            update login_session set refresh_hash = :next, previous_hash = :hash, rotated_at = :now,
                                   used_at = :now, expires_at = :end
                            where id = :id
                            """)
                    .param("next", stored(next))
                    .param("hash", hash)
                    .param("now", utc(now))
                    .param("end", utc(now.plus(life)))
                    .param("id", session.id())
                    .update();
            return Optional.of(new Issued(session, next));
        }
        boolean isRepeat = session.previousHash() != null
                && MessageDigest.isEqual(hash, session.previousHash())
                && !now.isAfter(session.rotatedAt().plus(REPEAT_WITHIN));
        if (isRepeat) {
            return Optional.of(new Issued(session, next));
        }
        end(session.id(), "reuse");
        return Optional.empty();
    }

    /** Ends a session; what ended before stays as it is. Returns whether it was live. */
    boolean end(UUID id, String reason) {
        return database.sql("update login_session set revoked_at = :now, revoked_for = :reason"
                                + " where id = :id and revoked_at is null")
                        .param("now", utc(clock.instant()))
                        .param("reason", reason)
                        .param("id", id)
                        .update()
                == 1;
    }

    /** Ends all sessions of a person, but one where it is given. */
    void endAll(UUID person, @Nullable UUID but, String reason) {
        database.sql("""
                        update login_session set revoked_at = :now, revoked_for = :reason
                        where person_id = :person and revoked_at is null and (cast(:but as uuid) is null or id <> :but)
                        """)
                .param("now", utc(clock.instant()))
                .param("reason", reason)
                .param("person", person)
                .param("but", but)
                .update();
    }

    /** Returns a session with what its person is now; empty where the person left the organisation. */
    Optional<LoginSession> find(UUID id) {
        return database.sql(COLUMNS + "where s.id = ?")
                .param(id)
                .query((row, n) -> session(row))
                .optional();
    }

    /** Returns a session if it is live. */
    Optional<LoginSession> live(UUID id) {
        Instant now = clock.instant();
        return find(id).filter(session -> session.isLive(now));
    }

    /** Returns the live sessions of a person, the one used last first. */
    List<LoginSession> of(UUID person) {
        Instant now = clock.instant();
        return database
                .sql(COLUMNS + "where s.person_id = ? and s.revoked_at is null order by s.used_at desc limit 1000")
                .param(person)
                .query((row, n) -> session(row))
                .list()
                .stream()
                .filter(session -> session.isLive(now))
                .toList();
    }

    /** Deletes sessions that ended a month ago, some at a time. Returns how many. */
    int forget(int most) {
        return database.sql("""
                        delete from login_session where id in (
                            select id from login_session where expires_at < :before limit :most)
                        """)
                .param("before", utc(clock.instant().minus(Duration.ofDays(30))))
                .param("most", most)
                .update();
    }

    private String successor(UUID id, String token) {
        return text(id, secrets.hash("refresh token, next", token));
    }

    private byte[] stored(String token) {
        return secrets.hash("refresh token, stored", token);
    }

    /** With a check that only the server can make: what was never a token of a session is no sign of a copy. */
    private String text(UUID id, byte[] secret) {
        String text = id + "." + encoded(secret);
        return text + "." + check(text);
    }

    private String check(String text) {
        return encoded(Arrays.copyOf(secrets.hash("refresh token, check", text), CHECK_BYTES));
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private Optional<UUID> id(String token) {
        int end = token.lastIndexOf('.');
        int dot = token.indexOf('.');
        if (dot < 0 || dot == end || !isSame(check(token.substring(0, end)), token.substring(end + 1))) {
            return Optional.empty();
        }
        return Optional.of(UUID.fromString(token.substring(0, dot)));
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private <T> T inTransaction(Supplier<T> work) {
        T result = transactions.execute(status -> work.get());
        return Objects.requireNonNull(result);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static LoginSession session(ResultSet row) throws SQLException {
        return new LoginSession(
                row.getObject("id", UUID.class),
                row.getObject("organisation_id", UUID.class),
                row.getObject("person_id", UUID.class),
                Role.of(row.getString("role")),
                row.getString("device"),
                row.getString("address"),
                new Hashes(row.getBytes("refresh_hash"), row.getBytes("previous_hash")),
                instant(row, "rotated_at"),
                instant(row, "created_at"),
                instant(row, "used_at"),
                instant(row, "expires_at"),
                row.getObject("revoked_at") != null);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** A session and the refresh token that continues it. */
    record Issued(LoginSession session, String refreshToken) {
        @Override
        public String toString() {
            return "Issued[hidden]";
        }
    }

    /** What is stored of the live token and of the one before. */
    static final class Hashes {
        private final byte[] live;
        private final byte @Nullable [] previous;

        Hashes(byte[] live, byte @Nullable [] previous) {
            this.live = live;
            this.previous = previous;
        }
    }

    /**
     * A login of a device.
     *
     * @param role what the person is in the organisation now
     * @param address where it was begun from
     */
    record LoginSession(
            UUID id,
            UUID organisation,
            UUID person,
            Role role,
            String device,
            String address,
            Hashes hashes,
            Instant rotatedAt,
            Instant createdAt,
            Instant usedAt,
            Instant expiresAt,
            boolean revoked) {
        boolean isLive(Instant now) {
            return !revoked && expiresAt.isAfter(now);
        }

        byte[] refreshHash() {
            return hashes.live;
        }

        byte @Nullable [] previousHash() {
            return hashes.previous;
        }

        @Override
        public String toString() {
            return "LoginSession[" + id + "]";
        }
    }
}
