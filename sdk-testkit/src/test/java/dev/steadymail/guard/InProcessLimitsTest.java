package dev.steadymail.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.guard.SharedLimits.Demand;
import dev.steadymail.guard.SharedLimits.Opening;
import dev.steadymail.guard.SharedLimits.Share;
import dev.steadymail.guard.SharedLimits.Verdict;
import dev.steadymail.testkit.time.ManualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What no other process can see: memory, time, and long runs. */
class InProcessLimitsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int KEYS = 3;

    private final ManualTime time = new ManualTime();
    private final InProcessLimits limits = new InProcessLimits(time.timeSource(1));
    private final InProcessLimits small = new InProcessLimits(time.timeSource(1), KEYS);

    @Test
    void idleKeys_areForgotten() {
        for (int account = 0; account < 1_000; account++) {
            take(limits, 1, share("q" + account, 5));
            open(limits, "s" + account, Duration.ofSeconds(30));
        }
        assertEquals(2_000, limits.size());
        time.advance(MINUTE);
        for (int call = 0; call < 1_000 / 32 + 1; call++) {
            take(limits, 1, share("new", 1_000));
        }
        assertEquals(1, limits.size());
    }

    @Test
    void keysInUse_areNotForgotten() {
        for (int step = 0; step < 30; step++) {
            take(limits, 1, share("q", 1_000));
            time.advance(Duration.ofSeconds(5));
        }
        assertTrue(take(limits, 1_000 - 10, share("q", 1_000)) instanceof Verdict.NoRoom);
        assertEquals(new Verdict.Granted(), take(limits, 1_000 - 11, share("q", 1_000)));
    }

    @Test
    void openedAndClosedAgainAndAgain_isOneKey() {
        for (int step = 0; step < 1_000; step++) {
            open(limits, "s", Duration.ofDays(300));
            limits.close("s").toCompletableFuture().join();
            time.advance(Duration.ofSeconds(1));
        }
        assertEquals(1, limits.size());
    }

    @Test
    void refusedDemands_areNotRemembered() {
        open(limits, "s", MINUTE);
        Demand demand = new Demand(List.of("s"), List.of(share("q", 1)), 1);
        limits.admit(demand).toCompletableFuture().join();
        take(limits, 0, share("r", 1));
        assertEquals(1, limits.size());
    }

    @Test
    void oneKeyTooMany_failsAndChangesNothing() {
        take(small, 5, share("a", 10));
        take(small, 5, share("b", 10));
        CompletableFuture<Verdict> refused = small.admit(demand(5, share("a", 10), share("c", 10), share("d", 10)))
                .toCompletableFuture();
        Throwable cause = assertThrows(CompletionException.class, refused::join).getCause();
        assertTrue(cause.getMessage().contains("hold 2 keys"), cause::getMessage);
        assertEquals(new Verdict.Granted(), take(small, 5, share("a", 10), share("c", 10)));
        assertTrue(take(small, 1, share("c", 5)) instanceof Verdict.NoRoom, "keys known before are served");
    }

    @Test
    void oneScopeTooMany_fails_untilAnotherIsIdle() {
        List.of("a", "b", "c").forEach(scope -> open(small, scope, MINUTE));
        Opening more = new Opening("d", CircuitCause.FAILING, time.now().plus(MINUTE));
        assertTrue(small.open(more).toCompletableFuture().isCompletedExceptionally());
        assertFalse(open(small, "a", Duration.ofSeconds(1)), "a known scope is served");
        time.advance(MINUTE);
        assertTrue(open(small, "d", MINUTE));
    }

    @Test
    void stepOfTheWallClock_changesNoPause() {
        open(limits, "s", MINUTE);
        time.stepClock(Duration.ofHours(1));
        Demand demand = new Demand(List.of("s"), List.of(), 1);
        Verdict.Open open =
                (Verdict.Open) limits.admit(demand).toCompletableFuture().join();
        assertEquals(time.now().plus(MINUTE), open.opening().until());
        time.advance(MINUTE);
        assertEquals(
                new Verdict.Granted(),
                limits.admit(demand).toCompletableFuture().join());
    }

    @Test
    void saturatedHour_uses98Percent_andNoWindowHasMore() {
        long seed = Long.getLong("steadymail.seed", 42L);
        Random random = new Random(seed);
        long step = 20_000_000;
        long spent = 0;
        SlidingCheck check = new SlidingCheck(6_000);
        for (long end = time.nanoTime() + Duration.ofHours(1).toNanos(); time.nanoTime() < end; ) {
            long units = 1L + random.nextInt(20);
            if (take(limits, units, share("user", 6_000)) instanceof Verdict.Granted) {
                check.add(time.nanoTime(), units, seed);
                spent += units;
            }
            time.advance(Duration.ofNanos(1 + random.nextLong(step)));
        }
        long total = spent;
        assertTrue(total >= 0.98 * 6_000 * 60, () -> total + " units in an hour, -Dsteadymail.seed=" + seed);
    }

    @Test
    void busyQuota_keepsABoundedNumberOfCharges() {
        SharedQuota quota = new SharedQuota(MINUTE.toNanos());
        long most = 0;
        for (long now = 0; now < 5 * MINUTE.toNanos(); now += 7_000_000) {
            quota.delayUntil(0, now);
            quota.charge(1, now);
            most = Math.max(most, quota.kept());
        }
        assertTrue(most > 90 && most <= 102, most + " charges");
    }

    private Verdict take(InProcessLimits limits, long units, Share... shares) {
        return limits.admit(demand(units, shares)).toCompletableFuture().join();
    }

    private boolean open(InProcessLimits limits, String scope, Duration pause) {
        Opening opening = new Opening(scope, CircuitCause.FAILING, time.now().plus(pause));
        return limits.open(opening).toCompletableFuture().join();
    }

    private static Demand demand(long units, Share... shares) {
        return new Demand(List.of(), List.of(shares), units);
    }

    private static Share share(String key, long units) {
        return new Share(key, units, MINUTE, 0);
    }

    /** Adds up every window that ends with a charge; no other window can hold more. */
    private static final class SlidingCheck {
        private final Deque<long[]> charges = new ArrayDeque<>();
        private final long limit;
        private long used;

        SlidingCheck(long limit) {
            this.limit = limit;
        }

        void add(long now, long units, long seed) {
            while (!charges.isEmpty() && now - charges.getFirst()[0] >= MINUTE.toNanos()) {
                used -= charges.removeFirst()[1];
            }
            charges.addLast(new long[] {now, units});
            used += units;
            assertTrue(used <= limit, () -> used + " units in one minute, -Dsteadymail.seed=" + seed);
        }
    }
}
