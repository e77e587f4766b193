package dev.steadymail.server.accounts;

import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.accounts.Accounts;
import dev.steadymail.accounts.Login;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.server.accounts.Account.SyncCounts;
import dev.steadymail.server.accounts.Account.Trouble;
import dev.steadymail.server.accounts.AccountDetails.Wishes;
import dev.steadymail.server.vault.Place;
import dev.steadymail.server.vault.UnreadableSecretException;
import dev.steadymail.server.vault.Vault;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** The accounts of this server: connected, found, judged and removed. Thread-safe. */
@Service
public class ConnectedAccounts {
    private static final String UNREADABLE =
            "the stored credentials cannot be decrypted: give the key they were made with in ENCRYPTION_KEY, or connect"
                    + " the account again";

    private final AccountRows rows;
    private final Vault vault;
    private final TransactionOperations transactions;
    private final NetworkPolicy networks;
    private final Accounts accounts;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    ConnectedAccounts(
            AccountRows rows,
            Vault vault,
            TransactionOperations transactions,
            NetworkPolicy networks,
            Accounts accounts,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.rows = rows;
        this.vault = vault;
        this.transactions = transactions;
        this.networks = networks;
        this.accounts = accounts;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Connects an account, or gives one that is connected already new credentials. Its first sync begins at once, in the
     * background.
     *
     * @throws UnreachableHostException where the address leads into a network that is not allowed
     * @throws UnusableAccountException where this kind of account cannot log in like that
     */
    public Connected connect(AccountUrl url, Login login) {
        return connect(url, login, Wishes.NONE);
    }

    /**
     * As {@link #connect(AccountUrl, Login)}, with what the owner chose; what the owner is silent about stays where the account is
     * connected already.
     */
    Connected connect(AccountUrl url, Login login, Wishes wishes) {
        AccountDetails details = AccountDetails.USUAL.changedBy(wishes);
        networks.require(details.with(url));
        String identity = identity(url, login);
        UUID id = UUID.randomUUID();
        boolean created = insert(id, identity, url, login, details);
        if (!created) {
            id = rows.byIdentity(identity).orElseThrow(UnknownAccountException::new);
            reconnect(id, identity, url, login);
            rows.change(id, find(id).details().changedBy(wishes));
        }
        events.publishEvent(new AccountChanged(id));
        return new Connected(find(id), created);
    }

    /**
     * Changes what the owner chose for an account. A server for sending is checked like any other host.
     *
     * @throws UnknownAccountException where there is no such account
     */
    Account change(UUID id, Wishes wishes) {
        Account before = find(id);
        AccountDetails details = before.details().changedBy(wishes);
        if (!details.equals(before.details())) {
            networks.require(details.with(before.url()));
            rows.change(id, details);
            if (!Objects.equals(details.smtp(), before.details().smtp())) {
                events.publishEvent(new AccountChanged(id));
            } else if (details.priority() != before.priority()) {
                syncNow(id);
            }
        }
        return find(id);
    }

    /** Leads a connected account to another place, with the same mail there. */
    public void move(UUID id, AccountUrl url, Login login) {
        networks.require(url);
        reconnect(id, identity(url, login), url, login);
        events.publishEvent(new AccountChanged(id));
    }

    /** Returns all accounts, oldest first. */
    public List<Account> all() {
        return rows.all();
    }

    /**
     * Returns an account.
     *
     * @throws UnknownAccountException where there is none
     */
    public Account find(UUID id) {
        return rows.find(id).orElseThrow(UnknownAccountException::new);
    }

    /** Returns accounts, oldest first, those behind the cursor and at most as many as the limit. */
    List<Account> page(AccountCursor after, int limit) {
        return rows.page(after, limit);
    }

    /** Returns how many emails are stored, by account; accounts without any are left out. */
    Map<UUID, Long> emailCounts(List<UUID> ids) {
        return rows.emailCounts(ids);
    }

    /** Returns how many emails of an account could not be read and wait to be tried again. */
    long parkedCount(UUID id) {
        return rows.parkedCount(id);
    }

    /** Returns how many emails of an account are stored. */
    public long emailCount(UUID id) {
        return rows.emailCount(id);
    }

    public boolean exists(UUID id) {
        return rows.login(id).isPresent();
    }

    /** Fails with {@link UnknownAccountException} where there is no such account. */
    public void require(UUID id) {
        if (!exists(id)) {
            throw new UnknownAccountException();
        }
    }

    /**
     * Removes an account with everything stored of it; the mail at the provider stays.
     *
     * @throws UnknownAccountException where there is none
     */
    public void remove(UUID id) {
        require(id);
        events.publishEvent(new AccountRemoved(id));
        boolean removed = rows.delete(id);
        // Once more: what was still running meanwhile may have opened the account again.
        events.publishEvent(new AccountRemoved(id));
        if (!removed) {
            throw new UnknownAccountException();
        }
    }

    /** Returns how much an account matters; empty where there is none. */
    public Optional<Priority> priority(UUID id) {
        return rows.find(id).map(Account::priority);
    }

    /** Notes that a sync begins. */
    public void syncStarted(UUID id) {
        rows.started(id, clock.instant());
    }

    /**
     * Asks for a sync without waiting for its time. Asked again before it began, it is the same sync; asked while one runs, another one
     * follows.
     *
     * @throws UnknownAccountException where there is no such account
     */
    public void syncNow(UUID id) {
        require(id);
        rows.wantSync(id);
        events.publishEvent(new SyncAsked(id));
    }

    /** Returns whether the account was changed, or a sync asked for, since its last sync began. */
    public boolean isSyncWanted(UUID id) {
        return rows.isSyncWanted(id);
    }

    /** Notes that a sync reached its end. */
    public void syncSucceeded(UUID id, SyncCounts did, Instant next) {
        rows.succeeded(id, did, clock.instant(), next);
    }

    /** Notes that a sync failed. */
    public void syncFailed(UUID id, AccountState state, Trouble trouble, Instant next) {
        rows.failed(id, state, trouble, clock.instant(), next);
    }

    Optional<MailAccount> open(UUID id) {
        return login(id).map(login -> accounts.open(find(id).place(), StoredLogin.read(login)));
    }

    private boolean insert(UUID id, String identity, AccountUrl url, Login login, AccountDetails details) {
        return Boolean.TRUE.equals(transactions.execute(
                status -> rows.insert(id, identity, url.text(), sealed(id, login), details, clock.instant())));
    }

    private void reconnect(UUID id, String identity, AccountUrl url, Login login) {
        transactions.executeWithoutResult(status -> rows.reconnect(id, identity, url.text(), sealed(id, login)));
    }

    private String identity(AccountUrl url, Login login) {
        try {
            return accounts.open(url, login).id().value();
        } catch (IllegalArgumentException wrongKind) {
            throw new UnusableAccountException(String.valueOf(wrongKind.getMessage()));
        }
    }

    /** In the transaction that stores it, so that the key stays until then. */
    private byte[] sealed(UUID id, Login login) {
        return vault.seal(place(id), StoredLogin.write(login));
    }

    /** Credentials that cannot be read are as good as refused ones: only their owner can help. */
    private Optional<String> login(UUID id) {
        try {
            return vault.openText(place(id), () -> rows.login(id));
        } catch (UnreadableSecretException unreadable) {
            throw MailException.of(Kind.REAUTH_REQUIRED, UNREADABLE, unreadable);
        }
    }

    private static Place place(UUID id) {
        return Place.of("account", "login", id);
    }

    /** An account, and whether it was not connected before. */
    public record Connected(Account account, boolean created) {}
}
