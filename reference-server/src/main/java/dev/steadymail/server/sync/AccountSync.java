package dev.steadymail.server.sync;

import dev.steadymail.MailClient;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.server.accounts.Account;
import dev.steadymail.server.accounts.Account.SyncCounts;
import dev.steadymail.server.accounts.Account.Trouble;
import dev.steadymail.server.accounts.AccountClients;
import dev.steadymail.server.accounts.ConnectedAccounts;
import dev.steadymail.server.accounts.UnknownAccountException;
import dev.steadymail.server.mail.ContentJson;
import dev.steadymail.server.web.FaultTrace;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import dev.steadymail.sync.SyncReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** One sync of one account, with what it means for the account's state. Thread-safe. */
@Component
class AccountSync {
    private static final Logger LOG = LoggerFactory.getLogger(AccountSync.class);

    /** How long an account may hold a worker while others wait. */
    private static final Duration TURN = Duration.ofSeconds(60);

    private static final Duration DATABASE_PAUSE = Duration.ofSeconds(5);
    private static final SyncOptions OPTIONS = new SyncOptions(Set.of(), 100, Duration.ofMinutes(4));

    private final ConnectedAccounts accounts;
    private final AccountClients clients;
    private final JdbcTemplate jdbc;
    private final TransactionOperations transactions;
    private final ContentJson json;
    private final SyncSettings settings;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final SyncActivity activity;

    AccountSync(
            ConnectedAccounts accounts,
            AccountClients clients,
            JdbcTemplate jdbc,
            TransactionOperations transactions,
            ContentJson json,
            SyncSettings settings,
            InstantSource clock,
            RandomGenerator random,
            SyncActivity activity) {
        this.accounts = accounts;
        this.clients = clients;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.json = json;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.activity = activity;
    }

    /** Brings what is stored up to date; returns when to do so again, empty where the account is gone. */
    Optional<Instant> run(UUID account) {
        try {
            Instant began = clock.instant();
            accounts.syncStarted(account);
            SyncReport report = sync(account);
            LOG.debug("synced an account: {}", report);
            Duration interval = accounts.find(account).priority().interval(settings.interval());
            Instant next = NextSync.afterSuccess(began, clock.instant(), interval, random.nextDouble());
            accounts.syncSucceeded(
                    account, new SyncCounts(report.created(), report.updated(), report.destroyed()), next);
            activity.succeeded();
            return Optional.of(next);
        } catch (TurnOver more) {
            return Optional.of(clock.instant());
        } catch (UnknownAccountException gone) {
            return Optional.empty();
        } catch (DataAccessException away) {
            LOG.warn("the database does not answer: {}", FaultTrace.of(away));
            return Optional.of(clock.instant().plus(DATABASE_PAUSE));
        } catch (MailException failure) {
            return accounts.exists(account) ? Optional.of(failed(accounts.find(account), failure)) : Optional.empty();
        }
    }

    private SyncReport sync(UUID account) {
        MailClient client = clients.of(account);
        PostgresSyncStore store = new PostgresSyncStore(account, jdbc, transactions, json);
        long end = System.nanoTime() + TURN.toNanos();
        return client.sync(store, new StructureLoader(client), OPTIONS).run(progress -> {
            if (System.nanoTime() - end > 0) {
                throw new TurnOver();
            }
        });
    }

    private Instant failed(Account account, MailException failure) {
        if (failure.kind() == Kind.CANCELLED) {
            // The client was closed: other credentials, or the server ends. Neither is the account's trouble.
            return clock.instant();
        }
        Duration interval = account.priority().interval(settings.interval());
        NextSync next = NextSync.after(failure, account.failures(), interval, clock.instant());
        // Not the message: it may hold what the server said, and servers name people.
        LOG.info("account {} could not be synced: {}, next try at {}", account.id(), failure.kind(), next.at());
        if (failure.kind() == Kind.STORAGE) {
            LOG.warn("an account could not be stored: {}", FaultTrace.of(failure), failure);
        }
        Trouble trouble = new Trouble(failure.kind().name(), String.valueOf(failure.getMessage()));
        accounts.syncFailed(account.id(), next.state(), trouble, next.at());
        return next.at();
    }

    /**
     * Ends a run between two pages when the account has had its turn. What was applied stays, and the next run goes on from there
     * when the others have had theirs.
     */
    private static final class TurnOver extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TurnOver() {
            super("the account has had its turn", null, false, false);
        }
    }
}
