package dev.steadymail.guard;

import dev.steadymail.mail.Lane;
import java.util.EnumMap;
import java.util.Map;

/**
 * Counts one quota. Units count from before an attempt starts until one window after it ended: whenever in between the provider
 * counted them, no window of its own can hold more than ours. Guarded by its owner's lock.
 *
 * <p>The level kept for the INTERACTIVE lane follows what that lane uses: twice its use of the busier of the last two windows, at
 * most a fifth of the limit, less what it has used already. While it is idle the others may spend nearly all, but for what leaves the window within a second or a
 * 200th of the limit, so that the first INTERACTIVE call after a pause finds room at once.
 */
final class QuotaMeter {
    private static final int BUCKETS = 80;
    private static final int SMALLEST_SHARE = 200;
    private static final int LARGEST_SHARE = 5;
    private static final int WARN_PERCENT = 80;
    private static final long SOON = 1_000_000_000L;
    private static final Lane[] LANES = Lane.values();

    private final QuotaLimit limit;
    private final long window;
    private final SlidingBuckets spent;
    private final long[] byLane = new long[LANES.length];
    private long inFlight;
    private long interactiveWindow;
    private long interactiveEnd;
    private long interactive;
    private long interactiveBefore;
    private boolean warned;

    QuotaMeter(QuotaLimit limit) {
        this.limit = limit;
        this.window = limit.window().toNanos();
        this.spent = new SlidingBuckets(window, BUCKETS);
    }

    QuotaLimit limit() {
        return limit;
    }

    /**
     * Returns when there is room: {@code now} or earlier where there is.
     *
     * @param keepsReserve whether the level kept for INTERACTIVE must stay
     */
    long roomAt(int units, boolean keepsReserve, long now) {
        if (!limit.enforced()) {
            return now;
        }
        long wanted = spent.total(now) + inFlight + Math.min(units, limit.units());
        if (wanted <= limit.units() - (keepsReserve ? kept(now) : 0)) {
            return now;
        }
        return keepsReserve ? roomBesideReserve(wanted, now) : leftAt(wanted - limit.units(), now);
    }

    private long roomBesideReserve(long wanted, long now) {
        long soon = spent.leavingUntil(now + SOON);
        boolean leavesEnough = wanted <= limit.units() - reserve(now) && wanted - soon <= limit.units() - smallest();
        return leavesEnough ? now : leftAt(Math.max(1, wanted - limit.units() + kept(now) - soon), now);
    }

    /** What is in flight has no end yet: look again when the next bucket leaves. */
    private long leftAt(long amount, long now) {
        long at = spent.leftAt(amount);
        return at == GuardClock.NEVER ? now + window / BUCKETS : Math.max(at, now + 1);
    }

    /** Charges an attempt that is about to start; answers whether the share used now is worth a warning. */
    boolean charge(int units, Lane lane, long now) {
        inFlight += units;
        byLane[lane.ordinal()] += units;
        if (lane == Lane.INTERACTIVE) {
            rollInteractive(now);
            interactive += units;
        }
        return warns(now);
    }

    /** Ends an attempt's charge: {@code actual} units count for one more window, 0 where it was surely not sent. */
    void settle(int charged, int actual, Lane lane, long now) {
        inFlight -= charged;
        byLane[lane.ordinal()] += actual - charged;
        if (actual != 0) {
            spent.add(actual, now);
        }
    }

    /** Returns when nothing that is used now counts any more; a limit that is only counted is not kept for. */
    long usedUntil(long now) {
        return limit.enforced() ? spent.emptyAt(now) : now;
    }

    long kept(long now) {
        return limit.enforced() ? Math.max(smallest(), reserve(now)) : 0;
    }

    Ledger.Balance balance(GuardClock clock, long now) {
        long used = spent.total(now) + inFlight;
        Map<Lane, Long> lanes = new EnumMap<>(Lane.class);
        for (Lane lane : LANES) {
            lanes.put(lane, byLane[lane.ordinal()]);
        }
        long resetAt = inFlight > 0 ? now + window : spent.emptyAt(now);
        long left = Math.max(0, limit.units() - used);
        return new Ledger.Balance(limit, used, left, Math.min(left, kept(now)), clock.instantOf(resetAt, now), lanes);
    }

    private long smallest() {
        return limit.units() / SMALLEST_SHARE;
    }

    private long reserve(long now) {
        rollInteractive(now);
        long level = Math.min(limit.units() / LARGEST_SHARE, 2 * Math.max(interactive, interactiveBefore));
        return Math.max(0, level - interactiveUse(now));
    }

    /** What INTERACTIVE used in the window that ends now, as if its use of the window before had been even. */
    private long interactiveUse(long now) {
        double before = 1 - (double) (now % window) / window;
        return interactive + (long) (interactiveBefore * before);
    }

    private void rollInteractive(long now) {
        if (now < interactiveEnd) {
            return;
        }
        long current = now / window;
        if (current != interactiveWindow) {
            interactiveBefore = current == interactiveWindow + 1 ? interactive : 0;
            interactive = 0;
            interactiveWindow = current;
        }
        interactiveEnd = (current + 1) * window;
    }

    /** Warns once, and again only after the use has fallen below the threshold. */
    private boolean warns(long now) {
        if (limit.enforced()) {
            return false;
        }
        boolean high = (spent.total(now) + inFlight) * 100 >= limit.units() * WARN_PERCENT;
        boolean news = high && !warned;
        warned = high;
        return news;
    }
}
