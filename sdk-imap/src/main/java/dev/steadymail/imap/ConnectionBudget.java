package dev.steadymail.imap;

import dev.steadymail.guard.Cancellation;
import dev.steadymail.imap.budget.HostBudget;
import dev.steadymail.imap.budget.HostBudget.Permit;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.time.Deadline;
import dev.steadymail.time.Scheduler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The few connections that one account may have at a time. A borrower has its connection for itself; idle ones are kept for a while,
 * last used first; a broken one is never lent again. Where more than one is allowed, work that nobody waits for leaves one to the
 * others, and a watch gives its own up to whoever finds all taken. Thread-safe: all fields are guarded by {@code lock}.
 */
final class ConnectionBudget implements HostBudget.Holder {
    private static final Duration TRUSTED_IDLE = Duration.ofSeconds(5);
    private static final Duration LONGEST_LOGOUT = Duration.ofSeconds(1);
    private static final Duration KEPT_IDLE = Duration.ofSeconds(90);

    private final ImapConnector connector;
    private final HostBudget host;
    private final Scheduler scheduler;
    private final int most;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    private final Deque<ImapConnection> idle = new ArrayDeque<>(2);
    private final Set<Lease> lent = new HashSet<>(4);
    private Scheduler.@Nullable Timer sweep;
    private int waiting;
    private boolean closed;

    ConnectionBudget(ImapConnector connector, HostBudget host, Scheduler scheduler, int most) {
        this.connector = connector;
        this.host = host;
        this.scheduler = scheduler;
        this.most = most;
    }

    /**
     * Lends a connection: an idle one, or a new one where the budgets allow it; else waits for either.
     *
     * @param mailbox the mailbox wanted; an idle connection that has it open is preferred
     */
    Lease borrow(@Nullable String mailbox, Lane lane, Deadline deadline, Cancellation cancellation) {
        Lease lease = new Lease(lane != Lane.INTERACTIVE);
        cancellation.onCancel(lease::abort);
        try {
            await(lease, mailbox, deadline, cancellation);
            lease.connectIfNeeded(deadline);
            return lease;
        } catch (RuntimeException failure) {
            lease.close();
            throw failure;
        }
    }

    private void await(Lease lease, @Nullable String mailbox, Deadline deadline, Cancellation cancellation) {
        lock.lock();
        try {
            waiting++;
            while (true) {
                if (closed || cancellation.isCancelled()) {
                    throw MailException.of(Kind.CANCELLED, "the client was closed, or nobody waits any more");
                }
                if (hasRoomFor(lease)) {
                    lent.add(lease);
                    lease.connection = idle.isEmpty() ? null : take(mailbox);
                    return;
                }
                askWatch();
                if (!changed.await(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS) && deadline.hasPassed()) {
                    throw MailException.of(
                            Kind.DEADLINE, "no connection of this account became free before the call's deadline");
                }
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw MailException.of(Kind.CANCELLED, "the waiting thread was interrupted", interrupt);
        } finally {
            waiting--;
            lock.unlock();
        }
    }

    private boolean hasRoomFor(Lease lease) {
        long bulk = lent.stream().filter(each -> each.bulk).count();
        return lent.size() < most && !(lease.bulk && most > 1 && bulk >= most - 1);
    }

    private void askWatch() {
        for (Lease each : lent) {
            Runnable yielding = each.onWanted;
            if (yielding != null) {
                each.onWanted = null;
                yielding.run();
                return;
            }
        }
    }

    private ImapConnection take(@Nullable String mailbox) {
        for (ImapConnection candidate : idle) {
            if (mailbox != null && candidate.hasOpen(mailbox)) {
                idle.remove(candidate);
                return candidate;
            }
        }
        return idle.removeFirst();
    }

    private void giveBack(Lease lease, @Nullable ImapConnection connection) {
        boolean kept = false;
        lock.lock();
        try {
            if (!lent.remove(lease)) {
                return;
            }
            changed.signalAll();
            if (connection != null && !connection.isBroken()) {
                if (closed || lease.bare) {
                    connection.leave();
                } else {
                    idle.addFirst(connection);
                    host.join(this);
                    kept = true;
                    sweepLater();
                }
            }
        } finally {
            lock.unlock();
        }
        if (kept) {
            // Only now, since whoever waits for the host asks this budget, and does not wait for its lock.
            host.wake();
        }
    }

    /** One timer for all idle connections, and none where there are none. */
    private void sweepLater() {
        if (sweep == null) {
            try {
                sweep = scheduler.schedule(this::sweep, KEPT_IDLE);
            } catch (RejectedExecutionException closing) {
                // The runtime is being closed, and so will this budget be.
            }
        }
    }

    private void sweep() {
        List<ImapConnection> leaving = new ArrayList<>();
        lock.lock();
        try {
            sweep = null;
            while (!idle.isEmpty() && idle.getLast().hasBeenIdleFor(KEPT_IDLE)) {
                leaving.add(idle.removeLast());
            }
            if (!idle.isEmpty() && !closed) {
                sweepLater();
            }
        } finally {
            lock.unlock();
        }
        leaving.forEach(ImapConnection::leave);
    }

    /** Another account of the host has none. Not waited for: a budget that is being used knows best itself. */
    @Override
    public boolean letGo() {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            ImapConnection least = idle.pollLast();
            if (least == null) {
                return false;
            }
            least.leave();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void wakeAll() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        host.wake();
    }

    /** Breaks what is lent, says good-bye on what is idle, and refuses new borrowers. */
    void close() {
        List<ImapConnection> leaving;
        List<Lease> breaking;
        lock.lock();
        try {
            closed = true;
            leaving = new ArrayList<>(idle);
            breaking = new ArrayList<>(lent);
            idle.clear();
            if (sweep != null) {
                sweep.cancel();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        host.leave(this);
        breaking.forEach(Lease::abort);
        awaitAll(leaving.stream()
                .map(connection -> connection.leave(LONGEST_LOGOUT))
                .toArray(CompletableFuture<?>[]::new));
    }

    private static void awaitAll(CompletableFuture<?>[] goodbyes) {
        try {
            CompletableFuture.allOf(goodbyes).get(2 * LONGEST_LOGOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException impatient) {
            // The servers know, or will find out.
        }
    }

    /** A connection lent; giving it back is closing the lease. */
    final class Lease implements AutoCloseable {
        private final boolean bulk;
        private @Nullable ImapConnection connection;
        private @Nullable Runnable connecting;
        private @Nullable Runnable onWanted;
        private boolean bare;
        private boolean aborted;
        private boolean returned;

        private Lease(boolean bulk) {
            this.bulk = bulk;
        }

        ImapConnection connection() {
            ImapConnection lentOut = connection;
            if (lentOut == null) {
                throw new IllegalStateException("the lease holds no connection");
            }
            return lentOut;
        }

        /** Has the connection closed when the lease is, instead of kept. */
        void keepNothing() {
            bare = true;
        }

        /**
         * Says what to do when somebody finds all connections taken: at once where that is so already.
         *
         * @param yielding gives this one back, soon; must not block
         */
        void yieldWhenWanted(Runnable yielding) {
            lock.lock();
            try {
                if (waiting > 0) {
                    yielding.run();
                } else {
                    onWanted = yielding;
                }
            } finally {
                lock.unlock();
            }
        }

        /** Breaks the connection where it is still lent; later it is somebody else's. */
        private void abort() {
            synchronized (this) {
                if (returned) {
                    return;
                }
                aborted = true;
                breakConnection();
            }
            wakeAll();
        }

        private void breakConnection() {
            ImapConnection lentOut = connection;
            if (lentOut != null) {
                lentOut.abort();
            }
            Runnable begun = connecting;
            if (begun != null) {
                begun.run();
            }
        }

        private void connectIfNeeded(Deadline deadline) {
            ImapConnection kept = connection;
            requireWanted();
            if (kept != null && !kept.endedWhileIdle(TRUSTED_IDLE)) {
                return;
            }
            if (kept != null) {
                kept.abort();
                connection = null;
            }
            Permit permit = host.acquire(deadline, this::isAborted);
            boolean made = false;
            try {
                connected(connector.connect(deadline, this::connecting, permit));
                made = true;
            } finally {
                if (!made) {
                    permit.giveBack();
                }
            }
        }

        private synchronized boolean isAborted() {
            return aborted;
        }

        /** A cancellation that came before the lease had its connection found nothing to break. */
        private synchronized void requireWanted() {
            if (aborted) {
                throw MailException.of(Kind.CANCELLED, "the client was closed, or nobody waits any more");
            }
        }

        private synchronized void connecting(Runnable abort) {
            connecting = abort;
            if (aborted) {
                abort.run();
            }
        }

        private synchronized void connected(ImapConnection fresh) {
            connection = fresh;
            connecting = null;
            if (aborted) {
                fresh.abort();
            }
        }

        @Override
        public void close() {
            ImapConnection done;
            synchronized (this) {
                returned = true;
                done = connection;
            }
            giveBack(this, done);
        }
    }
}
