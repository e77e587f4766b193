package dev.steadymail.server.outbox;

import dev.steadymail.jdbc.JdbcOutboxStore;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.send.Outbox;
import dev.steadymail.send.OutboxOptions;
import dev.steadymail.server.accounts.AccountChanged;
import dev.steadymail.server.accounts.AccountClients;
import dev.steadymail.server.accounts.AccountRemoved;
import dev.steadymail.server.tenants.Tenancy;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The outboxes that are open, one for each account that sends. An open outbox does by itself what is due, at its time, and one message
 * after the other; it takes no thread while it rests. Several servers on one database may have an account's open: each change of an entry
 * asks for the version before it, so that one of them sends. Thread-safe.
 */
@Component
class Outboxes {
    private final AccountClients clients;
    private final OutboxStores stores;
    private final ConcurrentHashMap<UUID, Outbox> open = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Outboxes(AccountClients clients, OutboxStores stores) {
        this.clients = clients;
        this.stores = stores;
    }

    /**
     * Uses the outbox of an account of this thread's organisation, opened where it is not yet.
     *
     * @throws dev.steadymail.server.accounts.UnknownAccountException where there is no such account
     */
    <T> T use(UUID account, Function<Outbox, T> work) {
        Outbox outbox = of(account);
        try {
            return work.apply(outbox);
        } catch (MailException failure) {
            if (failure.kind() != Kind.CANCELLED || open.get(account) == outbox || closed) {
                throw failure;
            }
            return work.apply(of(account)); // The account was changed just then.
        }
    }

    /** Has somebody work at what waits in an account's outbox. */
    void open(UUID account) {
        Outbox unused = of(account);
    }

    /** Returns where an account's entries are, without anybody to work at them. */
    JdbcOutboxStore store(UUID account) {
        return stores.of(Tenancy.current(), account);
    }

    private Outbox of(UUID account) {
        if (closed) {
            throw MailException.of(Kind.CANCELLED, "the server ends; try again when it is back");
        }
        return open.computeIfAbsent(account, id -> clients.of(id).outbox(store(id), OutboxOptions.DEFAULT));
    }

    @EventListener
    void changed(AccountChanged change) {
        close(change.id());
    }

    @EventListener
    void removed(AccountRemoved removal) {
        close(removal.id());
    }

    private void close(UUID account) {
        Outbox outbox = open.remove(account);
        if (outbox != null) {
            outbox.close();
        }
    }

    /** Ends all work, until {@link #reopen}; what is being sent is known to the database. */
    void closeAll() {
        closed = true;
        open.keySet().forEach(this::close);
    }

    void reopen() {
        closed = false;
    }
}
