package dev.steadymail.server.sync;

import com.zaxxer.hikari.HikariDataSource;
import dev.steadymail.mail.EmailId;
import dev.steadymail.server.TestDatabase;
import dev.steadymail.server.mail.ContentJson;
import dev.steadymail.sync.SyncBatch;
import dev.steadymail.sync.SyncStore;
import dev.steadymail.testkit.conformance.SyncStoreConformance;
import dev.steadymail.testkit.conformance.SyncStoreFixture;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

final class PostgresSyncStoreTest extends SyncStoreConformance {
    private static final HikariDataSource DATABASE = TestDatabase.create();
    private static final ContentJson JSON = new ContentJson();

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Override
    protected SyncStoreFixture newFixture() {
        return new Fixture();
    }

    static PostgresSyncStore store(UUID account, DataSource source) {
        return new PostgresSyncStore(
                account, new JdbcTemplate(source), new TransactionTemplate(new JdbcTransactionManager(source)), JSON);
    }

    private static final class Fixture implements SyncStoreFixture {
        private final JdbcTemplate jdbc = new JdbcTemplate(DATABASE);
        private final UUID account = UUID.randomUUID();

        Fixture() {
            jdbc.update(
                    "insert into account (id, identity, url, login, state, created_at) values (?, ?, '', '', 'new', now())",
                    account,
                    account.toString());
        }

        @Override
        public SyncStore open() {
            return store(account, DATABASE);
        }

        @Override
        public @Nullable Object ownId(SyncStore store, EmailId id) {
            return jdbc
                    .queryForList(
                            "select id from email where account_id = ? and provider_key = ?",
                            UUID.class,
                            account,
                            ProviderId.key(id))
                    .stream()
                    .findFirst()
                    .orElse(null);
        }

        @Override
        public boolean applyCutAt(int step, SyncBatch batch) {
            CutConnections cut = new CutConnections(DATABASE, step);
            try {
                store(account, cut.dataSource()).apply(batch);
            } catch (RuntimeException cutOff) {
                // What counts is what the database has afterwards.
            }
            return cut.wasCut();
        }

        @Override
        public void close() {
            jdbc.update("delete from account where id = ?", account);
        }
    }
}
