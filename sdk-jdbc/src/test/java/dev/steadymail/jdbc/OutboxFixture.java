package dev.steadymail.jdbc;

import dev.steadymail.mail.AccountId;
import dev.steadymail.send.OutboxStore;
import dev.steadymail.testkit.conformance.OutboxStoreFixture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** An account of its own in a database that the fixtures share. */
final class OutboxFixture implements OutboxStoreFixture {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final DataSource source;
    private final AccountId account = new AccountId("account " + NUMBER.incrementAndGet());

    OutboxFixture(DataSource source) {
        this.source = source;
    }

    @Override
    public OutboxStore open() {
        return JdbcStores.open(source).outbox(account);
    }

    @Override
    public void close() {
        JdbcStores.open(source).remove(account);
    }
}
