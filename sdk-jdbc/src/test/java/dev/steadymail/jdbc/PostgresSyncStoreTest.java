package dev.steadymail.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.steadymail.testkit.conformance.SyncStoreConformance;
import dev.steadymail.testkit.conformance.SyncStoreFixture;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;

final class PostgresSyncStoreTest extends SyncStoreConformance {
    private static final DataSource DATABASE = Product.POSTGRESQL.database();
    private static final HikariDataSource POOL = Product.pool(DATABASE);

    @AfterAll
    static void close() {
        POOL.close();
    }

    @Override
    protected SyncStoreFixture newFixture() {
        return new SyncFixture(DATABASE, POOL);
    }
}
