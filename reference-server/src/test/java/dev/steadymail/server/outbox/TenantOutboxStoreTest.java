package dev.steadymail.server.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariDataSource;
import dev.steadymail.jdbc.JdbcStores;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.RawContent;
import dev.steadymail.send.OutboxEntry;
import dev.steadymail.send.OutboxMessage;
import dev.steadymail.send.OutboxState;
import dev.steadymail.send.OutboxStore;
import dev.steadymail.server.TestDatabase;
import dev.steadymail.server.tenants.Caller;
import dev.steadymail.server.tenants.TenantDataSource;
import dev.steadymail.testkit.conformance.OutboxStoreConformance;
import dev.steadymail.testkit.conformance.OutboxStoreFixture;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** The SDK's outbox in our tables, behind the wall of one organisation, with another one beside it. */
final class TenantOutboxStoreTest extends OutboxStoreConformance {
    private static final HikariDataSource POOL = TestDatabase.create();
    private static final UUID OURS = organisation();
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @AfterAll
    static void close() {
        POOL.close();
    }

    @Override
    protected OutboxStoreFixture newFixture() {
        return new Fixture(new AccountId(UUID.randomUUID().toString()));
    }

    @Test
    void entries_ofAnotherOrganisation_areInvisible() {
        AccountId account = new AccountId(UUID.randomUUID().toString());
        store(OURS, account).add(entry("secret"), content());
        UUID theirs = organisation();
        store(theirs, new AccountId(UUID.randomUUID().toString())).add(entry("theirs"), content());

        for (String table : List.of("steadymail_account", "steadymail_outbox", "steadymail_content")) {
            assertEquals(0, count(theirs, table, OURS), table);
            assertEquals(0, count(Caller.OPERATORS, table, OURS), table);
            assertTrue(count(OURS, table, OURS) > 0, table);
        }
    }

    @Test
    void places_followWhatWaits() {
        UUID account = UUID.randomUUID();
        OutboxStore store = store(OURS, new AccountId(account.toString()));
        store.add(entry("one"), content());
        store.add(entry("two"), content());
        assertEquals(List.of("2/0"), place(account));

        store.replace(settled(entry("one")));
        assertEquals(List.of("1/1"), place(account));

        JdbcStores.open(TenantDataSource.of(POOL, OURS)).remove(new AccountId(account.toString()));
        assertEquals(List.of(), store.list(10));
    }

    /** What a newer steadymail-jdbc would add by itself has no wall; it needs a migration first. */
    @Test
    void tables_areAllOfThisVersion_andBehindTheWall() {
        JdbcTemplate jdbc = new JdbcTemplate(POOL);
        JdbcStores.open(TenantDataSource.of(POOL, OURS));
        assertEquals(3, jdbc.queryForObject("select max(version) from steadymail_schema", Integer.class));
        assertEquals(
                List.of("steadymail_schema"),
                jdbc.queryForList(
                        "select relname from pg_class where relname like 'steadymail\\_%' and relkind = 'r'"
                                + " and not (relrowsecurity and relforcerowsecurity)",
                        String.class));
    }

    private static int count(UUID seenBy, String table, UUID of) {
        Integer count = new JdbcTemplate(TenantDataSource.of(POOL, seenBy))
                .queryForObject("select count(*) from " + table + " where organisation_id = ?", Integer.class, of);
        return count == null ? -1 : count;
    }

    private static List<String> place(UUID account) {
        return new JdbcTemplate(POOL)
                .queryForList(
                        "select waiting || '/' || settled from outbox_place where account_id = ?",
                        String.class,
                        account);
    }

    private static UUID organisation() {
        UUID id = UUID.randomUUID();
        new JdbcTemplate(POOL).update("insert into organisation (id, name) values (?, 'one more')", id);
        return id;
    }

    private static OutboxStore store(UUID organisation, AccountId account) {
        return JdbcStores.open(TenantDataSource.of(POOL, organisation)).outbox(account);
    }

    private static RawContent content() {
        return RawContent.of("Subject: x\r\n\r\ny\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static OutboxEntry entry(String key) {
        OutboxMessage message = new OutboxMessage(key, "f", key + "@x", "s", List.of("b@example.org"), NOON, 17, NOON);
        return new OutboxEntry(
                message, OutboxState.QUEUED, NOON, 0, null, null, null, 0, null, null, null, List.of(), NOON, 1);
    }

    private static OutboxEntry settled(OutboxEntry entry) {
        return new OutboxEntry(
                entry.message(),
                OutboxState.CANCELLED,
                null,
                0,
                null,
                null,
                null,
                0,
                null,
                null,
                null,
                List.of(),
                NOON,
                2);
    }

    private record Fixture(AccountId account) implements OutboxStoreFixture {
        @Override
        public OutboxStore open() {
            return store(OURS, account);
        }

        @Override
        public void close() {
            JdbcStores.open(TenantDataSource.of(POOL, OURS)).remove(account);
        }
    }
}
