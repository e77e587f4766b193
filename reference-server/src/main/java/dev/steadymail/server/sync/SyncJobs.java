package dev.steadymail.server.sync;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import com.zaxxer.hikari.HikariDataSource;
import dev.steadymail.server.accounts.Account.Trouble;
import dev.steadymail.server.accounts.AccountChanged;
import dev.steadymail.server.accounts.AccountClients;
import dev.steadymail.server.accounts.AccountRemoved;
import dev.steadymail.server.accounts.AccountState;
import dev.steadymail.server.accounts.ConnectedAccounts;
import dev.steadymail.server.accounts.Priority;
import dev.steadymail.server.accounts.SyncAsked;
import dev.steadymail.server.folder.StartException;
import dev.steadymail.server.tenants.Tenancy;
import dev.steadymail.server.web.FatalErrors;
import dev.steadymail.server.web.FaultTrace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** One job per account in the database, so that every account is synced in its turn, whatever ends in between. */
@Component
class SyncJobs implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(SyncJobs.class);
    private static final String TASK = "sync-account";
    private static final String UNSCHEDULED = "accounts-without-job";
    private static final Duration LOOK_FOR_ACCOUNTS = Duration.ofMinutes(1);
    private static final Duration LOOK_FOR_WORK = Duration.ofMillis(500);

    /** A node that is silent six times as long is taken for dead, and its jobs are taken over. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private static final int MISSED_HEARTBEATS = 6;
    private static final Duration LAST_WAIT = Duration.ofSeconds(2);

    private static final int SPARE_CONNECTIONS = 5;
    private static final double FETCH_BELOW = 0.5;

    /** No more jobs than workers: one that waits in a queue here shows no heartbeat, and would be taken for dead. */
    private static final double FETCH_UP_TO = 1.0;

    /** A server on a copy of the data folder has the same name; what it is running is not silent for so long. */
    private static final Duration SILENT = HEARTBEAT.multipliedBy(2);

    private static final String FREE_OWN = """
            update scheduled_tasks set picked = false, picked_by = null, last_heartbeat = null, version = version + 1
            where picked and picked_by = ? and last_heartbeat < ?
            """;
    private static final String SCHEDULE = """
            insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version, priority)
            values (?, ?, ?, false, 1, ?)
            on conflict (task_name, task_instance) do update
            set priority = excluded.priority,
                execution_time = case when scheduled_tasks.picked then scheduled_tasks.execution_time
                                      else excluded.execution_time end,
                version = scheduled_tasks.version + case when scheduled_tasks.picked then 0 else 1 end
            """;
    private static final String UNSCHEDULE =
            "delete from scheduled_tasks where task_name = ? and task_instance = ? and not picked";
    private static final String WITHOUT_JOB = """
            select a.account_id from account_place a
            where not exists (select 1 from scheduled_tasks t
                              where t.task_name = ? and t.task_instance = cast(a.account_id as text))
            """;

    private final Tenancy tenancy;
    private final AccountSync sync;
    private final AccountClients clients;
    private final ConnectedAccounts accounts;
    private final JdbcTemplate jdbc;
    private final SyncSettings settings;
    private final InstantSource clock;
    private final NodeName node;
    private final Scheduler scheduler;
    private volatile boolean running;

    SyncJobs(
            HikariDataSource database,
            Tenancy tenancy,
            AccountSync sync,
            AccountClients clients,
            ConnectedAccounts accounts,
            JdbcTemplate jdbc,
            SyncSettings settings,
            InstantSource clock,
            NodeName node) {
        requireConnections(database, settings.workers());
        this.tenancy = tenancy;
        this.sync = sync;
        this.clients = clients;
        this.accounts = accounts;
        this.jdbc = jdbc;
        this.settings = settings;
        this.clock = clock;
        this.node = node;
        CustomTask<Void> task = Tasks.custom(TASK, Void.class)
                .onFailure(this::fault)
                .onDeadExecutionRevive()
                .execute((instance, context) -> run(instance));
        RecurringTask<Void> unscheduled = Tasks.recurring(UNSCHEDULED, FixedDelay.of(LOOK_FOR_ACCOUNTS))
                .execute((instance, context) -> scheduleWhatHasNoJob());
        this.scheduler = Scheduler.create(database, task)
                .startTasks(unscheduled)
                .schedulerName(new SchedulerName.Fixed(node.value()))
                .threads(settings.workers())
                .pollUsingLockAndFetch(FETCH_BELOW, FETCH_UP_TO)
                .enablePriority()
                .pollingInterval(LOOK_FOR_WORK)
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(LAST_WAIT)
                .failureLogging(LogLevel.DEBUG, true)
                .build();
    }

    /** Requests and heartbeats need connections, too. */
    private static void requireConnections(HikariDataSource pool, int workers) {
        if (workers > pool.getMaximumPoolSize() - SPARE_CONNECTIONS) {
            throw StartException.usage("steadymail.sync.workers must leave " + SPARE_CONNECTIONS + " of the "
                    + pool.getMaximumPoolSize() + " connections of DB_MAX_CONNECTIONS, was "
                    + workers + "; raise one or lower the other");
        }
    }

    /**
     * Takes up what this node left when it was killed, and accounts that were connected just before that. What it left just now is
     * taken up as a dead node's is.
     */
    @Override
    public void start() {
        freeOwn(jdbc, node, clock.instant());
        scheduleWhatHasNoJob();
        scheduler.start();
        running = true;
    }

    static void freeOwn(JdbcTemplate jdbc, NodeName node, Instant now) {
        jdbc.update(FREE_OWN, node.value(), now.minus(SILENT).atOffset(ZoneOffset.UTC));
    }

    /** Closing the clients ends running syncs at once; each is safe to be cut anywhere and is taken up again by the next start. */
    @Override
    public void stop() {
        running = false;
        clients.close();
        scheduler.stop();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** After the web server, so that requests that are being answered still find their clients. */
    @Override
    public int getPhase() {
        return 0;
    }

    /** An account that was connected just before the database or this process went away has none. */
    private void scheduleWhatHasNoJob() {
        jdbc.queryForList(WITHOUT_JOB, UUID.class, TASK).forEach(this::syncNow);
    }

    @EventListener
    void changed(AccountChanged change) {
        syncNow(change.id());
    }

    @EventListener
    void asked(SyncAsked wish) {
        syncNow(wish.id());
    }

    /** A job that is running finds out by itself. */
    @EventListener
    void removed(AccountRemoved removal) {
        jdbc.update(UNSCHEDULE, TASK, removal.id().toString());
    }

    /**
     * In one statement, since the scheduler's own way to reschedule reads first and fails where the job is taken up in between. A
     * job that is running stays as it is: {@link #again} looks whether another run is wanted when it ends.
     */
    private void syncNow(UUID account) {
        tenancy.ofAccount(account)
                .flatMap(tenant -> Tenancy.in(tenant, () -> accounts.priority(account)))
                .ifPresent(priority -> schedule(account, priority));
    }

    private void schedule(UUID account, Priority priority) {
        jdbc.update(SCHEDULE, TASK, account.toString(), clock.instant().atOffset(ZoneOffset.UTC), priority.rank());
        scheduler.triggerCheckForDueExecutions();
    }

    private CompletionHandler<Void> run(TaskInstance<Void> instance) {
        UUID account = UUID.fromString(instance.getId());
        return tenancy.ofAccount(account)
                .flatMap(tenant -> Tenancy.in(tenant, () -> sync.run(account))
                        .<CompletionHandler<Void>>map(next -> again(tenant, account, next)))
                .orElseGet(CompletionHandler.OnCompleteRemove::new);
    }

    /** Looked at after the job is free again, so that a change is seen either here or by who made it. */
    private CompletionHandler<Void> again(UUID tenant, UUID account, Instant next) {
        return (complete, operations) -> {
            operations.reschedule(complete, next);
            if (Tenancy.in(tenant, () -> accounts.isSyncWanted(account))) {
                syncNow(account);
            }
        };
    }

    /** A fault of ours must not end the account's syncs for good. */
    private void fault(ExecutionComplete complete, ExecutionOperations<Void> operations) {
        Instant next = clock.instant().plus(settings.interval());
        UUID account = UUID.fromString(complete.getExecution().taskInstance.getId());
        complete.getCause().ifPresent(cause -> {
            LOG.error("a sync failed by a fault of the server: {}", FaultTrace.of(cause), cause);
            FatalErrors.tell(cause);
        });
        Trouble trouble = new Trouble("INTERNAL", "a fault of the server; its log says more");
        tenancy.ofAccount(account)
                .ifPresent(tenant ->
                        Tenancy.in(tenant, () -> accounts.syncFailed(account, AccountState.FAILING, trouble, next)));
        operations.reschedule(complete, next);
    }
}
