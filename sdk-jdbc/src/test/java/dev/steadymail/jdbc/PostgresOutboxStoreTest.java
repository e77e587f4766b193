package dev.steadymail.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.steadymail.testkit.conformance.OutboxStoreConformance;
import dev.steadymail.testkit.conformance.OutboxStoreFixture;
import org.junit.jupiter.api.AfterAll;

final class PostgresOutboxStoreTest extends OutboxStoreConformance {
    private static final HikariDataSource POOL = Product.POSTGRESQL.create();

    @AfterAll
    static void close() {
        POOL.close();
    }

    @Override
    protected OutboxStoreFixture newFixture() {
        return new OutboxFixture(POOL);
    }
}
