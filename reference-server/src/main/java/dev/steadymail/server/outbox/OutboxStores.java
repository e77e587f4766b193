package dev.steadymail.server.outbox;

import com.zaxxer.hikari.HikariDataSource;
import dev.steadymail.jdbc.JdbcOutboxStore;
import dev.steadymail.jdbc.JdbcStores;
import dev.steadymail.mail.AccountId;
import dev.steadymail.server.tenants.TenantDataSource;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * The SDK's outbox stores, each behind the wall of its organisation on whatever thread. Named by this server's ids of accounts: the
 * provider's are the same where two organisations have connected one mailbox. Thread-safe.
 */
@Component
class OutboxStores {
    private final HikariDataSource pool;
    private final ConcurrentHashMap<UUID, JdbcStores> byOrganisation = new ConcurrentHashMap<>();

    OutboxStores(HikariDataSource pool) {
        this.pool = pool;
    }

    JdbcOutboxStore of(UUID organisation, UUID account) {
        return stores(organisation).outbox(new AccountId(account.toString()));
    }

    /** Removes what waits for an account that is gone. */
    void remove(UUID organisation, UUID account) {
        boolean unused = stores(organisation).remove(new AccountId(account.toString()));
    }

    private JdbcStores stores(UUID organisation) {
        return byOrganisation.computeIfAbsent(
                organisation, tenant -> JdbcStores.open(TenantDataSource.of(pool, tenant)));
    }
}
