package dev.steadymail.server.upkeep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class UpkeepTest {
    @Test
    void choreThatFails_isRunAgain_andHoldsUpNoOther() throws InterruptedException {
        CountDownLatch failed = new CountDownLatch(3);
        CountDownLatch done = new CountDownLatch(3);
        Upkeep upkeep = new Upkeep(List.of(
                chore(() -> {
                    failed.countDown();
                    throw new IllegalStateException("as wanted by the test");
                }),
                chore(done::countDown)));
        upkeep.start();
        try {
            assertTrue(failed.await(30, TimeUnit.SECONDS));
            assertTrue(done.await(30, TimeUnit.SECONDS));
            assertTrue(upkeep.isRunning());
        } finally {
            upkeep.stop();
        }
        assertFalse(upkeep.isRunning());
    }

    @Test
    void parts_goOnUntilOneIsNotFull_andNotForEver() {
        AtomicInteger left = new AtomicInteger(2 * Chore.AT_ONCE + 7);
        assertEquals(
                2 * Chore.AT_ONCE + 7, Chore.inParts(() -> Math.min(Chore.AT_ONCE, left.getAndAdd(-Chore.AT_ONCE))));
        AtomicInteger calls = new AtomicInteger();
        assertEquals(Chore.MOST_PARTS * Chore.AT_ONCE, Chore.inParts(() -> {
            calls.incrementAndGet();
            return Chore.AT_ONCE;
        }));
        assertEquals(Chore.MOST_PARTS, calls.get());
    }

    private static Chore chore(Runnable work) {
        return new Chore() {
            @Override
            public String subject() {
                return "things";
            }

            @Override
            public Duration pause() {
                return Duration.ofMillis(1);
            }

            @Override
            public void run() {
                work.run();
            }
        };
    }
}
