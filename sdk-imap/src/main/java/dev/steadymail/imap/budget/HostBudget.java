package dev.steadymail.imap.budget;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.time.Deadline;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one host: so many at once, so many new ones a minute, and ten a second at most, first come, first served. Where
 * all are taken, those who hold one without need are asked to let it go. Thread-safe: all fields are guarded by {@code lock}.
 */
public final class HostBudget {
    /** A little more than a minute: a connection is made some time after it was allowed. */
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(63);

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** A holder that was busy when it was asked is asked again. */
    private static final long ASK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private static final int PER_SECOND = 10;
    private static final int SPARE_SHARE = 5;

    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Object> waiting = new ArrayDeque<>();
    private final Set<Holder> holders = new LinkedHashSet<>();
    private final Set<Watcher> watchers = new LinkedHashSet<>();
    private final Set<Watcher> candidates = new HashSet<>();
    private final Deque<Long> recent = new ArrayDeque<>();
    private int most = Integer.MAX_VALUE;
    private int perMinute = Integer.MAX_VALUE;
    private int open;

    HostBudget(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Somebody who may hold connections without need. */
    public interface Holder {
        /** Lets one go that is not in use, soon; answers whether there was one. Must not block, nor call this budget. */
        boolean letGo();
    }

    /** The right to have one connection; given back once. */
    public final class Permit {
        private boolean returned;

        /** Gives it back. Harmless when repeated. */
        public void giveBack() {
            lock.lock();
            try {
                if (!returned) {
                    returned = true;
                    open--;
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    void limit(int mostOpen, int newPerMinute) {
        lock.lock();
        try {
            most = mostOpen;
            perMinute = newPerMinute;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Adds somebody who may be asked to let connections go. */
    public void join(Holder holder) {
        lock.lock();
        try {
            holders.add(holder);
        } finally {
            lock.unlock();
        }
    }

    /** Removes somebody. */
    public void leave(Holder holder) {
        lock.lock();
        try {
            holders.remove(holder);
        } finally {
            lock.unlock();
        }
    }

    /** Has those who wait look again: one of them may not be wanted any more, or a holder may have something to let go. */
    public void wake() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for the right to one more connection.
     *
     * @param unwanted whether nobody waits for it any more
     * @throws MailException of kind DEADLINE where it did not come in time, CANCELLED where it is not wanted any more
     */
    public Permit acquire(Deadline deadline, BooleanSupplier unwanted) {
        Object self = new Object();
        lock.lock();
        try {
            waiting.add(self);
            while (true) {
                if (unwanted.getAsBoolean()) {
                    throw MailException.of(Kind.CANCELLED, "the client was closed, or nobody waits any more");
                }
                long pause = waiting.peek() == self ? pauseNanos() : Long.MAX_VALUE;
                if (pause == 0) {
                    return take();
                }
                if (pause == Long.MAX_VALUE && waiting.peek() == self) {
                    askHolders();
                    if (open < most) {
                        continue;
                    }
                    pause = ASK_AGAIN_NANOS;
                }
                long limit = Math.max(1, Math.min(pause, deadline.remaining().toNanos()));
                if (changed.awaitNanos(limit) <= 0 && deadline.hasPassed()) {
                    throw MailException.of(
                            Kind.DEADLINE,
                            "the host has as many connections as it may have, and none became free in time; raise ImapSettings.maxHostConnections,"
                                    + " or give the call more time");
                }
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw MailException.of(Kind.CANCELLED, "the waiting thread was interrupted", interrupt);
        } finally {
            waiting.remove(self);
            changed.signalAll();
            lock.unlock();
        }
    }

    /** Somebody who holds a connection for as long as nothing happens. */
    public interface Watcher {
        /** Answers whether it comes before others. */
        boolean isPreferred();

        /** Asks it to let its connection go, soon, for a watcher that comes before it. Must not block, nor call this budget. */
        void giveWay();
    }

    /**
     * Lets somebody hold a connection to watch. Where there are more who would than connections, only four fifths may be held so: the rest
     * is for those who come and go, watchers without a connection of their own among them, who look at intervals instead. One who is
     * preferred takes the place of one who is not.
     */
    public boolean startWatching(Watcher watcher) {
        lock.lock();
        try {
            candidates.add(watcher);
            watchers.remove(watcher);
            while (watchers.size() >= places()) {
                Watcher other = lessPreferred();
                if (other == null || (!watcher.isPreferred() && watchers.size() == places())) {
                    return false;
                }
                watchers.remove(other);
                other.giveWay();
            }
            watchers.add(watcher);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private int places() {
        return candidates.size() <= most ? most : most - Math.max(1, most / SPARE_SHARE);
    }

    private @Nullable Watcher lessPreferred() {
        for (Watcher each : watchers) {
            if (!each.isPreferred()) {
                return each;
            }
        }
        return null;
    }

    /** Says that somebody holds no connection to watch any more. */
    public void stopWatching(Watcher watcher) {
        lock.lock();
        try {
            watchers.remove(watcher);
        } finally {
            lock.unlock();
        }
    }

    /** Says that somebody will not watch again. */
    public void endWatching(Watcher watcher) {
        lock.lock();
        try {
            watchers.remove(watcher);
            candidates.remove(watcher);
        } finally {
            lock.unlock();
        }
    }

    /** Answers whether connections are so scarce that nobody should keep one that is not in use. */
    public boolean isCrowded() {
        lock.lock();
        try {
            return candidates.size() > most || open >= most;
        } finally {
            lock.unlock();
        }
    }

    /** Another thread's lock is never waited for with this one held: holders answer at once. */
    private void askHolders() {
        for (Holder holder : holders) {
            if (holder.letGo()) {
                // Whoever was asked goes to the end, so that each has its turn.
                holders.remove(holder);
                holders.add(holder);
                return;
            }
        }
    }

    private Permit take() {
        open++;
        recent.add(nanos.getAsLong());
        return new Permit();
    }

    /** Returns how long to wait for the pace; {@link Long#MAX_VALUE} where a connection must end first. */
    private long pauseNanos() {
        if (open >= most) {
            return Long.MAX_VALUE;
        }
        long now = nanos.getAsLong();
        while (!recent.isEmpty() && now - recent.peek() >= WINDOW_NANOS) {
            recent.remove();
        }
        long ofMinute = recent.size() < perMinute ? 0 : WINDOW_NANOS - (now - recent.element());
        return Math.max(ofMinute, ofSecond(now));
    }

    private long ofSecond(long now) {
        int count = 0;
        for (var each = recent.descendingIterator(); each.hasNext(); ) {
            long age = now - each.next();
            if (age >= SECOND_NANOS) {
                return 0;
            }
            if (++count == PER_SECOND) {
                return SECOND_NANOS - age;
            }
        }
        return 0;
    }
}
