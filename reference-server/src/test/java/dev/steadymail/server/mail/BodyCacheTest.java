package dev.steadymail.server.mail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.steadymail.server.TestDatabase;
import dev.steadymail.server.tenants.Caller;
import dev.steadymail.server.tenants.Tenancy;
import dev.steadymail.server.tenants.TenantDataSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

final class BodyCacheTest {
    private static final byte[] TEXT = "Dear Ada".getBytes(StandardCharsets.UTF_8);
    private static final UUID OTHERS = UUID.randomUUID();

    private final HikariDataSource database = TestDatabase.create();
    private final JdbcClient jdbc = JdbcClient.create(TenantDataSource.ofThreads(database));
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T12:00:00Z"));
    private final BodyCache cache = cache(Duration.ofMinutes(5));
    private final UUID email = UUID.randomUUID();
    private final UUID othersEmail = UUID.randomUUID();

    @BeforeEach
    void addEmails() {
        JdbcClient.create(database)
                .sql("insert into organisation (id, name) values (?, 'Others')")
                .params(OTHERS)
                .update();
        Tenancy.in(Caller.OPERATORS, () -> add(email));
        Tenancy.in(OTHERS, () -> add(othersEmail));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void find_whatWasKept_untilItExpires() {
        Tenancy.in(Caller.OPERATORS, () -> {
            cache.keep(email, "1", TEXT);
            assertArrayEquals(TEXT, cache.find(email, "1").orElseThrow());
            assertTrue(cache.find(email, "2").isEmpty());
            pass(Duration.ofMinutes(5));
            assertTrue(cache.find(email, "1").isEmpty());
            cache.keep(email, "1", TEXT);
            assertTrue(cache.find(email, "1").isPresent(), "kept anew");
        });
    }

    @Test
    void keep_tooMuch_orOfNoEmail_orForNoTime_keepsNothing() {
        Tenancy.in(Caller.OPERATORS, () -> {
            cache.keep(email, "1", new byte[BodyCache.LARGEST + 1]);
            cache.keep(UUID.randomUUID(), "1", TEXT);
            cache.keep(email, "x".repeat(401), TEXT);
            cache(Duration.ZERO).keep(email, "3", TEXT);
            assertEquals(0, rows());
            cache.keep(email, "1", new byte[BodyCache.LARGEST]);
            assertEquals(1, rows());
        });
    }

    @Test
    void find_ofAnotherOrganisation_isNothing() {
        Tenancy.in(OTHERS, () -> cache.keep(othersEmail, "1", TEXT));
        Tenancy.in(Caller.OPERATORS, () -> {
            assertTrue(cache.find(othersEmail, "1").isEmpty());
            cache.keep(othersEmail, "2", TEXT);
            assertEquals(0, rows());
        });
        Tenancy.in(OTHERS, () -> assertEquals(1, rows()));
    }

    @Test
    void round_removesWhatExpired_ofAllOrganisations_andNothingElse() {
        Tenancy.in(Caller.OPERATORS, () -> cache.keep(email, "1", TEXT));
        Tenancy.in(OTHERS, () -> cache.keep(othersEmail, "1", TEXT));
        pass(Duration.ofMinutes(4));
        Tenancy.in(OTHERS, () -> cache.keep(othersEmail, "2", TEXT));
        BodyCachePurge purge = new BodyCachePurge(jdbc, cache);
        assertEquals(0, purge.round());
        pass(Duration.ofMinutes(1));
        assertEquals(2, purge.round());
        Tenancy.in(OTHERS, () -> assertTrue(cache.find(othersEmail, "2").isPresent()));
    }

    @Test
    void removeExpired_removesNoMoreThanItMay() {
        Tenancy.in(Caller.OPERATORS, () -> {
            for (int i = 0; i < 5; i++) {
                cache.keep(email, "" + i, TEXT);
            }
            pass(Duration.ofMinutes(6));
            assertEquals(3, cache.removeExpired(3));
            assertEquals(2, cache.removeExpired(3));
        });
    }

    private BodyCache cache(Duration ttl) {
        return new BodyCache(jdbc, new BodyCacheSettings(ttl), now::get);
    }

    private void pass(Duration time) {
        now.updateAndGet(before -> before.plus(time));
    }

    private long rows() {
        return jdbc.sql("select count(*) from body_cache").query(Long.class).single();
    }

    private void add(UUID id) {
        UUID account = UUID.randomUUID();
        jdbc.sql(
                        "insert into account (id, identity, url, login, state, created_at) values (?, ?, '', '', 'new', now())")
                .params(account, account.toString())
                .update();
        jdbc.sql("insert into email (id, account_id, provider_key, provider_id, keywords, received_at, size,"
                        + " has_attachment, content) values (?, ?, '', 'x', '{}', now(), 1, false, '{}')")
                .params(id, account)
                .update();
    }
}
