package dev.steadymail.imap;

import dev.steadymail.guard.Cancellation;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.time.Deadline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The few connections that one account may have at a time. A borrower has its connection for itself; idle ones are kept, last
 * used first; a broken one is never lent again. Thread-safe: all fields are guarded by {@code lock}.
 */
final class ConnectionBudget {
    private static final Duration TRUSTED_IDLE = Duration.ofSeconds(5);
    private static final Duration LONGEST_LOGOUT = Duration.ofSeconds(1);

    private final ImapConnector connector;
    private final int most;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    private final Deque<ImapConnection> idle = new ArrayDeque<>();
    private final Set<Lease> lent = new HashSet<>();
    private boolean closed;

    ConnectionBudget(ImapConnector connector, int most) {
        this.connector = connector;
        this.most = most;
    }

    /**
     * Lends a connection: an idle one, or a new one where the budget allows it; else waits for either.
     *
     * @param mailbox the mailbox wanted; an idle connection that has it open is preferred
     */
    Lease borrow(@Nullable String mailbox, Deadline deadline, Cancellation cancellation) {
        Lease lease = new Lease();
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
            while (true) {
                if (closed || cancellation.isCancelled()) {
                    throw MailException.of(Kind.CANCELLED, "the client was closed, or nobody waits any more");
                }
                if (lent.size() < most) {
                    lent.add(lease);
                    lease.connection = idle.isEmpty() ? null : take(mailbox);
                    return;
                }
                if (!changed.await(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS) && deadline.hasPassed()) {
                    throw MailException.of(
                            Kind.DEADLINE, "no connection of this account became free before the call's deadline");
                }
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw MailException.of(Kind.CANCELLED, "the waiting thread was interrupted", interrupt);
        } finally {
            lock.unlock();
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
        lock.lock();
        try {
            if (!lent.remove(lease)) {
                return;
            }
            if (connection != null && !connection.isBroken()) {
                if (closed) {
                    connection.abort();
                } else {
                    idle.addFirst(connection);
                }
            }
            changed.signal();
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
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        breaking.forEach(Lease::abort);
        long end = System.nanoTime() + LONGEST_LOGOUT.toNanos();
        for (ImapConnection connection : leaving) {
            connection.logout(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        }
    }

    /** A connection lent; giving it back is closing the lease. */
    final class Lease implements AutoCloseable {
        private @Nullable ImapConnection connection;
        private @Nullable Runnable connecting;
        private boolean aborted;
        private boolean returned;

        ImapConnection connection() {
            ImapConnection lentOut = connection;
            if (lentOut == null) {
                throw new IllegalStateException("the lease holds no connection");
            }
            return lentOut;
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
            connected(connector.connect(deadline, this::connecting));
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
