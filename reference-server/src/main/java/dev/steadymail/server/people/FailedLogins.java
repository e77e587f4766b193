package dev.steadymail.server.people;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Failed logins by address, whether it is somebody's or not, so that a lock tells nothing. After some in a row no login is tried for a while,
 * each time twice as long. Counted in the database, so by all nodes together. Thread-safe.
 */
@Component
final class FailedLogins {
    private static final int MOST_DOUBLINGS = 6;
    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(1);

    private final JdbcClient database;
    private final TokenSecrets secrets;
    private final PeopleSettings settings;
    private final InstantSource clock;

    FailedLogins(JdbcClient database, TokenSecrets secrets, PeopleSettings settings, InstantSource clock) {
        this.database = database;
        this.secrets = secrets;
        this.settings = settings;
        this.clock = clock;
    }

    /** Returns until when no login with this address is tried. */
    Optional<Instant> lockedUntil(String email) {
        return database.sql("select locked_until from login_failure where email_hash = ? and locked_until is not null")
                .param(hash(email))
                .query(OffsetDateTime.class)
                .optional()
                .map(OffsetDateTime::toInstant)
                .filter(until -> until.isAfter(clock.instant()));
    }

    /** Counts a failure; returns whether it locked the address. */
    boolean add(String email) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        int failures = database.sql("""
                        insert into login_failure (email_hash, failures, last_at) values (:hash, 1, :now)
                        on conflict (email_hash) do update
                        set failures = case when login_failure.last_at < :forgotten then 1
                                            else login_failure.failures + 1 end,
                            last_at = :now
                        returning failures
                        """)
                .param("hash", hash(email))
                .param("now", now)
                .param("forgotten", now.minus(FORGOTTEN_AFTER))
                .query(Integer.class)
                .single();
        if (failures < settings.failedLogins()) {
            return false;
        }
        int doublings = Math.min(MOST_DOUBLINGS, failures - settings.failedLogins());
        database.sql("update login_failure set locked_until = ? where email_hash = ?")
                .param(now.plus(settings.lockOut().multipliedBy(1L << doublings)))
                .param(hash(email))
                .update();
        return true;
    }

    /** Forgets the failures of an address, after a login that succeeded. */
    void forget(String email) {
        database.sql("delete from login_failure where email_hash = ?")
                .param(hash(email))
                .update();
    }

    /** Forgets addresses whose last failure was more than a day ago, some at a time. Returns how many. */
    int forgetOld(int most) {
        return database.sql("""
                        delete from login_failure where email_hash in (
                            select email_hash from login_failure where last_at < :before limit :most)
                        """)
                .param("before", clock.instant().minus(FORGOTTEN_AFTER).atOffset(ZoneOffset.UTC))
                .param("most", most)
                .update();
    }

    private byte[] hash(String email) {
        return secrets.hash("failed login", PersonRows.key(email));
    }
}
