package dev.steadymail.gmail;

import dev.steadymail.gmail.push.GmailNotification;
import dev.steadymail.gmail.push.GmailNotifications.Registration;
import dev.steadymail.gmail.push.GmailPush;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.ProviderContext;
import dev.steadymail.time.Scheduler;
import dev.steadymail.watch.Watch;
import dev.steadymail.watch.WatchEvent;
import dev.steadymail.watch.WatchEvent.Mode;
import dev.steadymail.watch.WatchListener;
import dev.steadymail.watch.WatchOptions;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks into history at intervals, and as soon as Google says so where the account has a topic for that. A notification never tells
 * what changed and may be lost, late or double, so each look begins where the one before ended. A look that finds nothing costs 2
 * units. One look at a time, on a thread of the runtime's; between looks there is only a timer. Thread-safe.
 */
final class GmailWatch implements Watch {
    private static final Logger LOG = LoggerFactory.getLogger(GmailWatch.class);
    private static final Duration LOOK = Duration.ofSeconds(60);
    /** Notifications come in bursts. */
    private static final Duration GATHER = Duration.ofSeconds(1);
    /** With notifications, what polls are for is what was lost. */
    private static final Duration SAFETY = Duration.ofMinutes(10);

    private static final Duration LONGEST_REST = Duration.ofHours(1);
    private static final Duration RENEWED_AGAIN = Duration.ofHours(1);

    private final HistoryLook look;
    private final ProviderContext context;
    private final WatchOptions options;
    private final WatchListener listener;
    private final @Nullable PushLease lease;
    private final Consumer<GmailWatch> onClose;
    private final @Nullable Registration registration;
    // Guarded by this object.
    private boolean closed;
    private boolean looking;
    private boolean again;
    /** Whether the next look is as late as it is because the last one failed. */
    private boolean resting;

    private Scheduler.@Nullable Timer timer;
    /** When the timer ends, by the monotonic clock. */
    private long due;

    private @Nullable BigInteger known;
    // Used by one look at a time.
    private boolean watching;
    private int failures;

    GmailWatch(
            GmailMethods methods,
            ProviderContext context,
            @Nullable GmailPush push,
            String address,
            WatchOptions options,
            WatchListener listener,
            Consumer<GmailWatch> onClose) {
        this.context = context;
        this.options = options;
        this.listener = listener;
        this.onClose = onClose;
        Set<MailboxId> watched =
                options.mailboxes().isEmpty() ? Set.of(new MailboxId("INBOX")) : Set.copyOf(options.mailboxes());
        this.look = new HistoryLook(methods, watched);
        this.lease = push == null ? null : new PushLease(methods, push.topic(), context.time());
        this.registration = push == null ? null : push.notifications().listen(address, this::notified);
    }

    void start() {
        schedule(Duration.ZERO);
    }

    private void notified(GmailNotification notification) {
        synchronized (this) {
            BigInteger seen = known;
            if (closed || seen == null || notification.historyId().compareTo(seen) <= 0) {
                return;
            }
            if (looking) {
                again = true;
            } else if (!resting && due - context.time().nanoTime() > GATHER.toNanos()) {
                schedule(GATHER);
            }
        }
    }

    private synchronized void schedule(Duration wait) {
        if (closed) {
            return;
        }
        if (timer != null) {
            timer.cancel();
        }
        due = context.time().nanoTime() + wait.toNanos();
        timer = context.time().scheduler().schedule(this::begin, wait);
    }

    private void begin() {
        synchronized (this) {
            if (closed || looking) {
                return;
            }
            looking = true;
        }
        try {
            context.workers().execute(this::round);
        } catch (RejectedExecutionException busy) {
            synchronized (this) {
                looking = false;
            }
            schedule(GATHER);
        }
    }

    private void round() {
        // What an error of the listener's leaves.
        Duration wait = options.interval();
        boolean failed = false;
        try {
            wait = looked(new Call(context.time().deadline(LOOK), Lane.DELTA));
            failures = 0;
        } catch (MailException failure) {
            failed = true;
            wait = lost(failure);
        } catch (RuntimeException defect) {
            failed = true;
            wait = LONGEST_REST;
            // Nobody knows what its text holds.
            LOG.error(
                    "a look for changes failed with {}; looking again later",
                    defect.getClass().getName());
        } finally {
            ended(wait, failed);
        }
    }

    /** A failure's wait was told, and is kept whatever is notified meanwhile. */
    private synchronized void ended(Duration wait, boolean failed) {
        boolean soon = again && !failed;
        looking = false;
        again = false;
        resting = failed;
        schedule(soon ? GATHER : wait);
    }

    private Duration looked(Call call) {
        boolean told = lease != null && lease.isHeld(call);
        BigInteger since = known();
        HistoryLook.Found found = since == null ? look.begin(call) : look.since(since, call);
        know(found.historyId());
        if (!watching) {
            watching = true;
            tell(new WatchEvent.Watching(told ? Mode.NOTIFY : Mode.POLL));
            tell(new WatchEvent.Changed(found.anywhere() ? Set.of() : found.mailboxes()));
        } else if (found.isChange()) {
            tell(new WatchEvent.Changed(found.anywhere() ? Set.of() : found.mailboxes()));
        }
        return jittered(told ? SAFETY : options.interval());
    }

    private Duration lost(MailException failure) {
        failures = Math.min(failures + 1, 10);
        watching = false;
        Duration rest = failure.kind() == Kind.REAUTH_REQUIRED || !failure.isRetryable()
                ? LONGEST_REST
                : jittered(least(LONGEST_REST, options.interval().multipliedBy(1L << (failures - 1))));
        Duration stated = failure.retryAt()
                .map(at -> Duration.between(context.time().now(), at))
                .orElse(Duration.ZERO);
        Duration wait = rest.compareTo(stated) < 0 ? stated : rest;
        tell(new WatchEvent.Lost(failure, wait));
        return wait;
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Up to an eighth shorter, so that accounts do not keep step. */
    private Duration jittered(Duration wait) {
        return wait.minusNanos(context.time().random().nextLong(Math.max(1, wait.toNanos() / 8)));
    }

    private synchronized @Nullable BigInteger known() {
        return known;
    }

    private synchronized void know(BigInteger historyId) {
        known = historyId;
    }

    private void tell(WatchEvent event) {
        synchronized (this) {
            if (closed) {
                return;
            }
        }
        try {
            listener.event(event);
        } catch (RuntimeException failure) {
            LOG.warn("a watch's listener failed", failure);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            if (timer != null) {
                timer.cancel();
            }
        }
        if (registration != null) {
            registration.close();
        }
        onClose.accept(this);
    }

    /** Google's promise to notify, which ends after a week and is renewed daily. */
    private static final class PushLease {
        private static final Duration DAILY = Duration.ofDays(1);

        private final GmailMethods methods;
        private final String topic;
        private final dev.steadymail.time.TimeSource time;
        private @Nullable Long askAgainAt;
        private boolean held;

        PushLease(GmailMethods methods, String topic, dev.steadymail.time.TimeSource time) {
            this.methods = methods;
            this.topic = topic;
            this.time = time;
        }

        /** Renews it where that is due; one that cannot be renewed is asked for every hour, while polls go on. */
        boolean isHeld(Call call) {
            Long due = askAgainAt;
            if (due != null && time.nanoTime() - due < 0) {
                return held;
            }
            Duration next;
            try {
                next = renewal(methods.watch(topic, call));
                held = true;
            } catch (MailException failure) {
                if (failure.kind() == Kind.REAUTH_REQUIRED) {
                    throw failure;
                }
                LOG.warn("Google does not notify topic {}; polling until it does", topic, failure);
                next = RENEWED_AGAIN;
                held = false;
            }
            askAgainAt = time.nanoTime() + next.toNanos();
            return held;
        }

        /** A day from now, or a day before it ends where that is sooner. */
        private Duration renewal(long expirationMillis) {
            long left = expirationMillis - time.clock().millis() - DAILY.toMillis();
            long wait = Math.min(DAILY.toMillis(), Math.max(RENEWED_AGAIN.toMillis(), left));
            return Duration.ofMillis(wait);
        }
    }
}
