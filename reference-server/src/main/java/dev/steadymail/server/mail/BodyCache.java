package dev.steadymail.server.mail;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Parts of emails that were read a moment ago, in the database, so that all nodes have them. What an email consists of never changes, so
 * the time that they are kept bounds only how long private content lies there, which is in the clear. Thread-safe.
 */
@Component
class BodyCache {
    /** The most octets of one part; larger ones pass by. */
    static final int LARGEST = 1 << 20;

    private static final int LONGEST_NAME = 400;
    private static final String FIND = """
            select content from body_cache
            where email_id = :email and part = :part and expires_at > :now and organisation_id = current_organisation()
            """;
    /** Only while the email is there: it may go between two statements. */
    private static final String KEEP = """
            insert into body_cache (email_id, part, account_id, content, expires_at)
            select id, :part, account_id, :content, :until from email
            where id = :email and organisation_id = current_organisation()
            on conflict (email_id, part) do update set content = excluded.content, expires_at = excluded.expires_at
            """;

    private static final String REMOVE_EXPIRED = """
            delete from body_cache where ctid in
                (select ctid from body_cache
                 where organisation_id = current_organisation() and expires_at <= :now limit :most)
            """;

    private final JdbcClient database;
    private final BodyCacheSettings settings;
    private final InstantSource clock;

    BodyCache(JdbcClient database, BodyCacheSettings settings, InstantSource clock) {
        this.database = database;
        this.settings = settings;
        this.clock = clock;
    }

    /** Returns a part that is kept and has not expired. */
    Optional<byte[]> find(UUID email, String part) {
        if (settings.ttl().isZero()) {
            return Optional.empty();
        }
        return database.sql(FIND)
                .param("email", email)
                .param("part", part)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query((row, n) -> row.getBytes(1))
                .optional();
    }

    /** Keeps a part, unless it is too large or its email is gone. */
    void keep(UUID email, String part, byte[] content) {
        if (settings.ttl().isZero() || content.length > LARGEST || part.length() > LONGEST_NAME) {
            return;
        }
        Instant until = clock.instant().plus(settings.ttl());
        try {
            database.sql(KEEP)
                    .param("email", email)
                    .param("part", part)
                    .param("content", content)
                    .param("until", until.atOffset(ZoneOffset.UTC))
                    .update();
        } catch (DataIntegrityViolationException gone) {
            // The email went meanwhile; there is nothing to keep it for.
        }
    }

    /** Removes expired parts of the thread's organisation, so many at most; returns how many. */
    int removeExpired(int most) {
        return database.sql(REMOVE_EXPIRED)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .param("most", most)
                .update();
    }
}
