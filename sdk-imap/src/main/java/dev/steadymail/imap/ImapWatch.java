package dev.steadymail.imap;

import dev.steadymail.imap.ConnectionBudget.Lease;
import dev.steadymail.imap.budget.HostBudget;
import dev.steadymail.imap.codec.Response;
import dev.steadymail.imap.command.ListedMailbox;
import dev.steadymail.imap.command.MailboxCounters;
import dev.steadymail.imap.command.Notify;
import dev.steadymail.imap.command.Reply;
import dev.steadymail.imap.quirk.ProviderQuirks;
import dev.steadymail.imap.quirk.Quirk;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.ProviderContext;
import dev.steadymail.time.Scheduler;
import dev.steadymail.time.TimeSource;
import dev.steadymail.watch.Watch;
import dev.steadymail.watch.WatchEvent;
import dev.steadymail.watch.WatchEvent.Mode;
import dev.steadymail.watch.WatchListener;
import dev.steadymail.watch.WatchOptions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One watch: goes round between looking, telling and waiting. It waits by IDLE, with NOTIFY where the server has it, and holds a
 * connection then but no thread; or by a timer, and holds neither. Each round begins by looking, so that nothing can happen between two
 * waits that is not told. Rounds run one at a time, on worker threads; thread-safe.
 */
final class ImapWatch implements Watch, HostBudget.Watcher {
    private static final Logger LOG = LoggerFactory.getLogger(ImapWatch.class);
    private static final double JITTER = 0.1;
    private static final double EARLIEST_POLL = 0.88;
    private static final double LATEST_POLL = 0.94;
    private static final Duration AFTER_YIELDING = Duration.ofMillis(100);
    /** An IDLE that the server or its connection ends sooner was of no use. */
    private static final Duration USEFUL = Duration.ofMinutes(1);

    /** So often in a row IDLE may be of no use before the server is asked at intervals instead. */
    private static final int MOST_USELESS = 3;

    private static final Duration REFUSAL_HOLDS = Duration.ofMinutes(30);
    /** A server that ends each wait at once, or always has news, must not be asked as fast as it answers. */
    private static final Duration QUICK = Duration.ofSeconds(1);

    private static final int MOST_QUICK = 5;
    /** A connection that broke sooner is no success: who cuts each one right after its login is come back to more and more slowly. */
    private static final Duration PROVEN = Duration.ofMinutes(1);

    private final ImapCalls calls;
    private final HostBudget host;
    private final ProviderQuirks provider;
    private final WatchOptions options;
    private final WatchListener listener;
    private final TimeSource time;
    private final Executor workers;
    private final Consumer<ImapWatch> onClose;
    private final List<String> mailboxes;
    private final WatchedState state = new WatchedState();
    private final Reconnects reconnects;
    private @Nullable Mode told;
    private @Nullable Lease held;
    /** Listens while the look that comes before it is under way. */
    private @Nullable IdleWait prepared;

    private boolean refusedIdle;
    /** Whether this watch looks at times of its own: those that begin together must not look together for ever. */
    private boolean spread;

    private long lookedAt;
    private long refusedSince;
    private int useless;
    private long waitingSince;
    private long roundBegan;
    private int quickRounds;
    private volatile @Nullable IdleWait waiting;
    private volatile Scheduler.@Nullable Timer timer;
    private volatile boolean displaced;
    private volatile boolean closed;

    ImapWatch(
            ImapCalls calls,
            HostBudget host,
            ProviderQuirks provider,
            WatchOptions options,
            WatchListener listener,
            ProviderContext context,
            Consumer<ImapWatch> onClose) {
        this.calls = calls;
        this.host = host;
        this.provider = provider;
        this.options = options;
        this.listener = listener;
        this.time = context.time();
        this.workers = context.workers();
        this.onClose = onClose;
        this.reconnects = new Reconnects(time.random());
        this.mailboxes = options.mailboxes().isEmpty()
                ? List.of(MailboxNames.INBOX)
                : options.mailboxes().stream()
                        .map(mailbox -> ListedMailbox.canonical(mailbox.value()))
                        .toList();
    }

    void start() {
        onWorker(this::round);
    }

    private void round() {
        if (closed) {
            return;
        }
        roundBegan = time.nanoTime();
        try {
            if (mayIdle() && host.startWatching(this)) {
                lookAndWait();
            } else if (spread || refusedIdle) {
                poll();
            } else {
                spread = true;
                later(part(options.interval(), 0, EARLIEST_POLL));
            }
        } catch (MailException failure) {
            lost(failure);
        } catch (RuntimeException bug) {
            failed(bug);
        } finally {
            if (closed) {
                // Closing may have been faster than the begin of this round, which took the place again.
                host.endWatching(this);
            }
        }
    }

    private void failed(RuntimeException bug) {
        LOG.warn("a watch failed and begins anew", bug);
        lost(MailException.of(Kind.PROTOCOL, "the watch failed; see the log", bug));
    }

    private boolean mayIdle() {
        if (refusedIdle && time.nanoTime() - refusedSince >= REFUSAL_HOLDS.toNanos()) {
            refusedIdle = false;
            useless = 0;
        }
        return !refusedIdle;
    }

    /** Begins another round at once, but for one that would be the sixth within a second of the one before. */
    private void roundAgain() {
        boolean quick = time.nanoTime() - roundBegan < QUICK.toNanos();
        quickRounds = quick ? quickRounds + 1 : 0;
        later(quickRounds > MOST_QUICK ? QUICK : Duration.ZERO);
    }

    private void lookAndWait() {
        Lease lease = calls.hold("IDLE", mailboxes.get(0), call(), this::look);
        ImapConnection connection = lease.connection();
        boolean canIdle = connection.can("IDLE");
        watching(connection.notifies() ? Mode.NOTIFY : canIdle ? Mode.IDLE : Mode.POLL);
        if (!canIdle) {
            pollFromNowOn();
        }
        IdleWait wait = Objects.requireNonNull(prepared);
        if (state.hasNews()) {
            wait.leave();
            lease.close();
            tellNews();
        } else if (canIdle) {
            waitForNews(lease, wait);
        } else {
            wait.leave();
            lease.close();
            pollLater();
        }
    }

    /**
     * Looks at every mailbox, and has the first one open afterwards. With NOTIFY as well: the server tells a connection what happens once
     * and while it lasts, so that what was told to another one, or to another command, would not be told to this watch.
     */
    private void look(ImapConnection connection) {
        lookedAt = time.nanoTime();
        IdleWait next = new IdleWait(connection.session(), connection.patience(), this::waitEnded);
        next.listen();
        prepared = next;
        try {
            if (mailboxes.size() > 1) {
                subscribe(connection);
                lookAtCounters(connection, mailboxes.subList(1, mailboxes.size()));
            }
            state.see(connection.examineAgain(mailboxes.get(0), this::overheard));
        } catch (RuntimeException failed) {
            next.leave();
            throw failed;
        }
    }

    /** Before the look: what comes after it is told then. */
    private static void subscribe(ImapConnection connection) {
        if (!connection.notifies() && connection.can("NOTIFY") && connection.can("IDLE")) {
            boolean unused = connection.startNotifying(Notify.messages("", false, false));
        }
    }

    private void lookAtCounters(ImapConnection connection, List<String> names) {
        connection.leaveMailbox();
        MailboxList.tellCounters(connection, names, this::see);
    }

    private void overheard(Reply reply) {
        if (reply.response() instanceof Response.MailboxStatus status) {
            see(ListedMailbox.canonical(status.name()), MailboxCounters.of(status));
        }
    }

    private void see(String mailbox, MailboxCounters counters) {
        if (mailboxes.contains(mailbox)) {
            state.see(mailbox, counters);
        }
    }

    private void waitForNews(Lease lease, IdleWait wait) {
        held = lease;
        waitingSince = time.nanoTime();
        waiting = wait;
        wait.start(lease.connection().exists());
        watchClock(wait);
        lease.yieldWhenWanted(() -> wait.stop(IdleWait.Outcome.WANTED));
        if (closed || displaced) {
            wait.stop(IdleWait.Outcome.WANTED);
        }
    }

    /** Has IDLE begun again before the server ends it, or ended where there is more to look at than it tells. */
    private void watchClock(IdleWait wait) {
        boolean asks = (mailboxes.size() > 1 && told != Mode.NOTIFY) || provider.has(Quirk.SILENT_IDLE);
        Duration longest = provider.idleReissue();
        boolean interval = asks && options.interval().compareTo(longest) < 0;
        Duration delay = jittered(interval ? options.interval() : longest);
        timer = time.scheduler()
                .schedule(
                        () -> {
                            if (waiting != wait) {
                                return;
                            }
                            if (asks) {
                                wait.stop(IdleWait.Outcome.INTERVAL);
                            } else {
                                wait.reissue();
                                watchClock(wait);
                            }
                        },
                        delay);
    }

    /** On an I/O thread. */
    private void waitEnded(IdleWait wait) {
        waiting = null;
        cancelTimer();
        onWorker(() -> resume(wait));
    }

    private void resume(IdleWait wait) {
        Lease lease = held;
        held = null;
        if (wait.outcome() != IdleWait.Outcome.LOST || time.nanoTime() - waitingSince >= PROVEN.toNanos()) {
            reconnects.succeeded();
        }
        try {
            switch (wait.outcome()) {
                case NEWS -> {
                    useful();
                    if (wait.isAnywhere()) {
                        state.forget();
                    }
                    wait.mailboxes().forEach(this::see);
                    state.told(
                            wait.mailboxes().isEmpty()
                                    ? Set.of(mailboxes.get(0))
                                    : wait.mailboxes().keySet());
                    // What is seen now is what the listener is about to see; a change after it shows in the next round.
                    lookAgain(lease);
                    if (wait.isOverflown() && lease != null) {
                        lease.keepNothing();
                    }
                    release(lease);
                    tellNews();
                }
                case REFUSED -> {
                    release(lease);
                    pollFromNowOn();
                    round();
                }
                case LOST -> {
                    release(lease);
                    countUseless(wait);
                    lost(calls.broken("IDLE", wait.cause()));
                }
                case WANTED -> {
                    useful();
                    release(lease);
                    later(AFTER_YIELDING);
                }
                case ENDED -> {
                    release(lease);
                    countUseless(wait);
                    round();
                }
                case INTERVAL -> {
                    useful();
                    release(lease);
                    roundAgain();
                }
            }
        } catch (MailException failure) {
            release(lease);
            lost(failure);
        } catch (RuntimeException bug) {
            release(lease);
            failed(bug);
        }
    }

    private void useful() {
        useless = 0;
        reconnects.succeeded();
    }

    /** A server that ends each IDLE at once, or never begins one, would be asked without end. */
    private void countUseless(IdleWait wait) {
        if (wait.hasBegun() && time.nanoTime() - waitingSince >= USEFUL.toNanos()) {
            useful();
        } else if (++useless >= MOST_USELESS) {
            pollFromNowOn();
        }
    }

    private void pollFromNowOn() {
        refusedIdle = true;
        refusedSince = time.nanoTime();
        host.stopWatching(this);
    }

    private void lookAgain(@Nullable Lease lease) {
        if (lease != null && !lease.connection().isBroken()) {
            lease.connection().touch();
            state.see(lease.connection().examineAgain(mailboxes.get(0)));
        }
    }

    private void release(@Nullable Lease lease) {
        if (lease == null) {
            return;
        }
        lease.connection().touch();
        if (displaced || closed) {
            displaced = false;
            lease.keepNothing();
            host.stopWatching(this);
        }
        lease.close();
    }

    private void tellNews() {
        tellChanged();
        roundAgain();
    }

    private void tellChanged() {
        Set<MailboxId> changed = state.takeNews().stream().map(MailboxId::new).collect(Collectors.toSet());
        tell(new WatchEvent.Changed(changed));
    }

    private void poll() {
        calls.readBare("STATUS", call(), host.isCrowded(), connection -> {
            lookedAt = time.nanoTime();
            lookAtCounters(connection, mailboxes);
        });
        watching(Mode.POLL);
        reconnects.succeeded();
        if (state.hasNews()) {
            tellChanged();
        }
        pollLater();
    }

    /** Counts from the last look, and leaves some of the interval for waiting until the host has a connection to spare. */
    private void pollLater() {
        long share = part(options.interval(), EARLIEST_POLL, LATEST_POLL).toNanos();
        later(Duration.ofNanos(Math.max(0, lookedAt + share - time.nanoTime())));
    }

    private Duration part(Duration whole, double least, double most) {
        return Duration.ofNanos((long)
                (whole.toNanos() * (least + (most - least) * time.random().nextDouble())));
    }

    private void lost(MailException failure) {
        if (closed) {
            return;
        }
        host.stopWatching(this);
        state.forget();
        told = null;
        Duration delay = reconnects.delayAfter(failure, time.now());
        tell(new WatchEvent.Lost(failure, delay));
        later(delay);
    }

    private void watching(Mode mode) {
        if (told != mode) {
            told = mode;
            tell(new WatchEvent.Watching(mode));
        }
    }

    private void tell(WatchEvent event) {
        if (closed) {
            return;
        }
        try {
            listener.event(event);
        } catch (RuntimeException theirs) {
            LOG.warn("a watch's listener failed", theirs);
        }
    }

    private void later(Duration delay) {
        if (!closed) {
            try {
                timer = time.scheduler().schedule(this::start, delay);
            } catch (RejectedExecutionException closing) {
                // The runtime is being closed, and so will this watch be.
            }
        }
    }

    private void onWorker(Runnable task) {
        try {
            workers.execute(task);
        } catch (RejectedExecutionException full) {
            tryAgain(task);
        }
    }

    /** This timer is not cancelled by closing: what it is to run gives a connection back. */
    private void tryAgain(Runnable task) {
        try {
            if (!closed) {
                var unused = time.scheduler().schedule(() -> onWorker(task), jittered(Duration.ofSeconds(5)));
                return;
            }
        } catch (RejectedExecutionException closing) {
            // The runtime is being closed.
        }
        Lease lease = held;
        held = null;
        release(lease);
    }

    /** Up to a tenth sooner, so that accounts do not keep step. */
    private Duration jittered(Duration longest) {
        long nanos = longest.toNanos();
        return Duration.ofNanos(nanos - (long) (nanos * JITTER * time.random().nextDouble()));
    }

    private Call call() {
        return new Call(time.deadline(Duration.ofMinutes(2)), Lane.DELTA);
    }

    private void cancelTimer() {
        Scheduler.Timer pending = timer;
        if (pending != null) {
            pending.cancel();
        }
    }

    @Override
    public boolean isPreferred() {
        return options.preferred();
    }

    @Override
    public void giveWay() {
        displaced = true;
        IdleWait wait = waiting;
        if (wait != null) {
            wait.stop(IdleWait.Outcome.WANTED);
        }
    }

    @Override
    public void close() {
        closed = true;
        cancelTimer();
        host.endWatching(this);
        IdleWait wait = waiting;
        if (wait != null) {
            wait.stop(IdleWait.Outcome.WANTED);
        }
        onClose.accept(this);
    }
}
