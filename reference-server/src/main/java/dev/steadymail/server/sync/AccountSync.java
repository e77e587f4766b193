package dev.steadymail.server.sync;

import dev.steadymail.MailClient;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.server.accounts.Account;
import dev.steadymail.server.accounts.Account.Trouble;
import dev.steadymail.server.accounts.AccountClients;
import dev.steadymail.server.accounts.ConnectedAccounts;
import dev.steadymail.server.accounts.UnknownAccountException;
import dev.steadymail.server.mail.ContentJson;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.sync.SyncReport;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** One sync of one account, with what it means for the account's state. Thread-safe. */
@Component
class AccountSync {
    private static final Logger LOG = LoggerFactory.getLogger(AccountSync.class);

    private final ConnectedAccounts accounts;
    private final AccountClients clients;
    private final JdbcTemplate jdbc;
    private final TransactionOperations transactions;
    private final ContentJson json;
    private final SyncSettings settings;
    private final InstantSource clock;
    private final RandomGenerator random;

    AccountSync(
            ConnectedAccounts accounts,
            AccountClients clients,
            JdbcTemplate jdbc,
            TransactionOperations transactions,
            ContentJson json,
            SyncSettings settings,
            InstantSource clock,
            RandomGenerator random) {
        this.accounts = accounts;
        this.clients = clients;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.json = json;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
    }

    /** Brings what is stored up to date; returns when to do so again, empty where the account is gone. */
    Optional<Instant> run(UUID account) {
        try {
            Instant began = clock.instant();
            accounts.syncStarted(account);
            SyncReport report = sync(account);
            LOG.debug("synced an account: {}", report);
            Instant next = NextSync.afterSuccess(began, clock.instant(), settings.interval(), random.nextDouble());
            accounts.syncSucceeded(account, next);
            return Optional.of(next);
        } catch (UnknownAccountException gone) {
            return Optional.empty();
        } catch (MailException failure) {
            return accounts.exists(account) ? Optional.of(failed(accounts.find(account), failure)) : Optional.empty();
        }
    }

    private SyncReport sync(UUID account) {
        MailClient client = clients.of(account);
        PostgresSyncStore store = new PostgresSyncStore(account, jdbc, transactions, json);
        return client.sync(store, new StructureLoader(client.emails()), SyncOptions.DEFAULT)
                .run(progress -> {});
    }

    private Instant failed(Account account, MailException failure) {
        if (failure.kind() == Kind.CANCELLED) {
            // The client was closed: the account has other credentials, or the server ends. Neither is the account's
            // trouble.
            return clock.instant();
        }
        NextSync next = NextSync.after(failure, account.failures(), settings.interval(), clock.instant());
        LOG.info(
                "account {} could not be synced, next try at {}: {}: {}",
                account.id(),
                next.at(),
                failure.kind(),
                failure.getMessage());
        Trouble trouble = new Trouble(failure.kind().name(), String.valueOf(failure.getMessage()));
        accounts.syncFailed(account.id(), next.state(), trouble, next.at());
        return next.at();
    }
}
