package dev.steadymail.server.tenants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.steadymail.server.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The wall around an organisation's rows, on a real PostgreSQL. */
final class TenantDataSourceTest {
    private static final UUID ONE = UUID.randomUUID();
    private static final UUID OTHER = UUID.randomUUID();

    private HikariDataSource pool;
    private JdbcTemplate jdbc;
    private TransactionTemplate transactions;

    @BeforeEach
    void open() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(TestDatabase.createUrl());
        Flyway.configure().dataSource(config.getJdbcUrl(), null, null).load().migrate();
        config.setMaximumPoolSize(1); // what one leaves behind, the next would find
        pool = new HikariDataSource(config);
        TenantDataSource database = TenantDataSource.ofThreads(pool);
        jdbc = new JdbcTemplate(database);
        transactions = new TransactionTemplate(new JdbcTransactionManager(database));
        for (UUID organisation : List.of(ONE, OTHER)) {
            jdbc.update("insert into organisation (id, name) values (?, 'x')", organisation);
        }
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void rows_areSeenAndChangedByTheirOrganisationAlone() {
        UUID account = Tenancy.in(ONE, this::insertAccount);
        assertEquals(List.of(account), Tenancy.in(ONE, this::accounts));
        assertEquals(List.of(), Tenancy.in(OTHER, this::accounts));
        assertEquals(0, Tenancy.in(OTHER, () -> jdbc.update("update account set url = 'stolen'")));
        assertEquals(0, Tenancy.in(OTHER, () -> jdbc.update("delete from account")));
        assertEquals(1, Tenancy.in(ONE, () -> jdbc.update("update account set url = 'own'")));
    }

    @Test
    void threadOfNoOrganisation_seesNoRows_andCanWriteNone() {
        Tenancy.in(ONE, this::insertAccount);
        assertEquals(List.of(), accounts());
        assertThrows(DataAccessException.class, this::insertAccount);
    }

    @Test
    void row_cannotBeGivenToAnotherOrganisation() {
        Tenancy.in(ONE, this::insertAccount);
        assertThrows(
                DataAccessException.class,
                () -> Tenancy.in(ONE, () -> jdbc.update("update account set organisation_id = ?", OTHER)));
        assertThrows(
                DataAccessException.class,
                () -> Tenancy.in(
                        ONE,
                        () -> jdbc.update(
                                "insert into account (id, identity, url, login, state, created_at, organisation_id)"
                                        + " values (gen_random_uuid(), 'i', 'u', '', 'new', now(), ?)",
                                OTHER)));
    }

    @Test
    void transaction_isOneOrganisations_andEndsAsItsUserSays() {
        Tenancy.in(ONE, () -> {
            transactions.executeWithoutResult(status -> {
                insertAccount();
                assertThrows(IllegalStateException.class, () -> Tenancy.in(OTHER, this::accounts));
                status.setRollbackOnly();
            });
            assertEquals(List.of(), accounts());
            transactions.executeWithoutResult(status -> {
                insertAccount();
                insertAccount();
            });
            assertEquals(2, accounts().size());
        });
    }

    @Test
    void statementOutsideATransaction_isKept_andAFailedOneDisturbsNoOther() throws SQLException {
        try (Connection connection = TenantDataSource.of(pool, ONE).getConnection();
                Statement statement = connection.createStatement()) {
            assertTrue(connection.getAutoCommit());
            assertThrows(SQLException.class, () -> statement.execute("select 1 / 0"));
            assertEquals(
                    1,
                    statement.executeUpdate("insert into account (id, identity, url, login, state, created_at)"
                            + " values (gen_random_uuid(), 'i', 'u', '', 'new', now())"));
        }
        assertEquals(1, Tenancy.in(ONE, this::accounts).size());
    }

    @Test
    void connection_carriesNothingToWhomItServesNext() throws SQLException {
        Tenancy.in(ONE, this::insertAccount);
        try (Connection connection = TenantDataSource.of(pool, ONE).getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("select * from account");
            }
            // Closed within a transaction.
        }
        assertEquals(List.of(), accounts());
        try (Connection connection = pool.getConnection()) {
            assertTrue(connection.getAutoCommit());
        }
    }

    @Test
    void everyTableOfTenants_hasItsWall() {
        List<String> open = jdbc.queryForList("""
                select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
                join pg_attribute a on a.attrelid = c.oid and a.attname = 'organisation_id' and not a.attisdropped
                where n.nspname = current_schema() and c.relkind in ('r', 'p')
                and not (c.relrowsecurity and c.relforcerowsecurity
                         and exists (select 1 from pg_policy p where p.polrelid = c.oid))
                order by 1
                """, String.class);
        // They say who may come in or what is to be done where, are asked before there is an organisation to name, and
        // hold no mail.
        assertEquals(
                List.of(
                        "account_place",
                        "api_token",
                        "invitation",
                        "login_session",
                        "membership",
                        "outbox_place",
                        "rotation_progress",
                        "sign_in_policy"),
                open);
    }

    @Test
    void auditRows_comeAndNeverChange() {
        Tenancy.in(ONE, () -> {
            jdbc.update("insert into audit_event (action) values ('test')");
            for (String change :
                    List.of("update audit_event set action = 'x'", "delete from audit_event", "truncate audit_event")) {
                assertThrows(DataAccessException.class, () -> jdbc.update(change), change);
            }
            assertEquals(1, jdbc.queryForObject("select count(*) from audit_event", Integer.class));
        });
        assertFalse(Tenancy.in(OTHER, () -> jdbc.queryForList("select 1 from audit_event where action = 'test'"))
                .iterator()
                .hasNext());
    }

    private List<UUID> accounts() {
        return jdbc.queryForList("select id from account", UUID.class);
    }

    private UUID insertAccount() {
        UUID id = UUID.randomUUID();
        jdbc.update(
                "insert into account (id, identity, url, login, state, created_at) values (?, ?, 'u', '', 'new', now())",
                id,
                id.toString());
        return id;
    }
}
