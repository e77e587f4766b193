package dev.steadymail.server.accounts;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.imap.ImapAccount;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.server.tenants.Tenancy;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * One client for each account in use, opened at first need and kept until the account changes or the server ends, with the few
 * connections that it has open then: an account that is polled every minute would log in every minute otherwise. Thread-safe.
 */
@Component
public class AccountClients implements AutoCloseable {
    private final MailRuntime runtime;
    private final ConnectedAccounts accounts;
    private final SmtpServers smtp;
    private final ReadMail read;
    private final ConcurrentHashMap<Key, MailClient> open = new ConcurrentHashMap<>();

    AccountClients(MailRuntime runtime, ConnectedAccounts accounts, SmtpServers smtp, ReadMail read) {
        this.runtime = runtime;
        this.accounts = accounts;
        this.smtp = smtp;
        this.read = read;
    }

    /**
     * Returns the client of an account; it may be closed at any time, and its calls then end with kind CANCELLED.
     *
     * @throws UnknownAccountException where there is no such account
     */
    public MailClient of(UUID account) {
        return open.computeIfAbsent(key(account), key -> opened(account));
    }

    private MailClient opened(UUID account) {
        MailAccount recipe = accounts.open(account).orElseThrow(UnknownAccountException::new);
        return runtime.open(read.inFrontOf(account, sending(account, recipe)));
    }

    private MailAccount sending(UUID id, MailAccount account) {
        return account instanceof ImapAccount imap
                ? smtp.of(id).<MailAccount>map(imap::submitting).orElse(account)
                : account;
    }

    @EventListener
    @Order(Ordered.HIGHEST_PRECEDENCE)
    void changed(AccountChanged change) {
        close(change.id());
    }

    @EventListener
    void removed(AccountRemoved removal) {
        close(removal.id());
        read.forget(removal.id());
    }

    /** Ends what runs for an account; the next use opens it anew. */
    private void close(UUID account) {
        MailClient client = open.remove(key(account));
        if (client != null) {
            client.close();
        }
    }

    /** By organisation, too: an id alone opens nothing, wherever it came from. */
    private static Key key(UUID account) {
        return new Key(Tenancy.current(), account);
    }

    private record Key(UUID organisation, UUID account) {}

    /** Ends what runs for all accounts. */
    @Override
    public void close() {
        runtime.close();
    }
}
