package dev.steadymail.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Beside a list of all that was added: never too low, and only what shares a bucket with something later stays longer. */
class SlidingBucketsTest {
    private static final long WINDOW = 60_000_000_000L;
    private static final int BUCKETS = 80;
    private static final long WIDTH = WINDOW / BUCKETS;
    private static final long PART = WIDTH / 16 + 1;

    private record Added(int amount, long at) {}

    @Test
    void randomAmounts_areNeverUndercounted_andStayABucketLongerAtMost() {
        for (int round = 0; round < 200; round++) {
            long seed = new Random().nextLong();
            Random random = new Random(seed);
            SlidingBuckets buckets = new SlidingBuckets(WINDOW, BUCKETS);
            Deque<Added> all = new ArrayDeque<>();
            long now = random.nextLong(1_000 * WINDOW);
            for (int step = 0; step < 500; step++) {
                now += pause(random);
                if (random.nextBoolean()) {
                    int amount = random.nextInt(10) == 0 ? random.nextInt(3_000_000) : random.nextInt(200);
                    buckets.add(amount, now);
                    all.add(new Added(amount, now));
                }
                long total = buckets.total(now);
                assertTrue(total >= since(all, now - WINDOW), "too low, seed " + seed);
                assertTrue(total <= since(all, now - WINDOW - WIDTH), "too high, seed " + seed);
                assertEquals(total, buckets.leavingUntil(now + 2 * WINDOW), "seed " + seed);
                assertTrue(buckets.emptyAt(now) <= now + WINDOW + PART, "seed " + seed);
            }
        }
    }

    @Test
    void leftAt_isWhenTheSumHasFallenSoFar() {
        for (int round = 0; round < 200; round++) {
            long seed = new Random().nextLong();
            Random random = new Random(seed);
            SlidingBuckets buckets = new SlidingBuckets(WINDOW, BUCKETS);
            long now = 0;
            for (int step = 0; step < 200; step++) {
                now += random.nextLong(WINDOW / 50);
                buckets.add(1 + random.nextInt(50), now);
            }
            long total = buckets.total(now);
            long amount = 1 + random.nextLong(total);
            long at = buckets.leftAt(amount);
            assertEquals(GuardClock.NEVER, buckets.leftAt(total + 1), "seed " + seed);
            assertTrue(total - buckets.total(at - 1) < amount, "too late, seed " + seed);
            assertTrue(total - buckets.total(at) >= amount, "too early, seed " + seed);
        }
    }

    @Test
    void oneBurst_isGoneASixteenthOfABucketAfterTheWindow() {
        SlidingBuckets buckets = new SlidingBuckets(WINDOW, BUCKETS);
        buckets.add(2_000, 7);
        assertEquals(2_000, buckets.total(7 + WINDOW));
        assertEquals(0, buckets.total(7 + WINDOW + PART));
    }

    @Test
    void afterALongPause_startsAnew() {
        SlidingBuckets buckets = new SlidingBuckets(WINDOW, BUCKETS);
        buckets.add(5, 0);
        long later = 100_000 * WINDOW;
        assertEquals(0, buckets.total(later));
        assertEquals(GuardClock.NEVER, buckets.leftAt(1));
        buckets.add(70_000, later);
        assertEquals(70_000, buckets.total(later + WINDOW));
        assertEquals(0, buckets.total(later + WINDOW + PART));
    }

    private static long pause(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> random.nextLong(3 * WINDOW);
            case 1, 2, 3 -> 0;
            default -> random.nextLong(2 * WIDTH);
        };
    }

    private static long since(Deque<Added> all, long earliest) {
        return all.stream()
                .filter(added -> added.at() >= earliest)
                .mapToLong(Added::amount)
                .sum();
    }
}
