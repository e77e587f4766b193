package dev.steadymail.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShortLockTest {
    private static final int THREADS = 6;
    private static final int TURNS = 40_000;

    private final ShortLock lock = new ShortLock();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private long counted;

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void manyThreads_areInsideOneAtATime() throws Exception {
        CountDownLatch together = new CountDownLatch(THREADS);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            all.add(threads.submit(() -> count(together)));
        }
        for (Future<?> one : all) {
            one.get(60, TimeUnit.SECONDS);
        }
        assertEquals((long) THREADS * TURNS, counted);
    }

    private Void count(CountDownLatch together) throws InterruptedException {
        together.countDown();
        together.await();
        for (int i = 0; i < TURNS; i++) {
            lock.lock();
            try {
                counted++;
            } finally {
                lock.unlock();
            }
        }
        return null;
    }

    @Test
    void holder_takesItAgain_andOthersWaitForTheLastRelease() throws Exception {
        lock.lock();
        lock.lock();
        Future<?> other = threads.submit(this::countOnce);
        lock.unlock();
        // Still held: what is written here, the other one must see.
        counted = 41;
        lock.unlock();
        other.get(60, TimeUnit.SECONDS);
        assertEquals(42, counted);
    }

    private void countOnce() {
        lock.lock();
        counted++;
        lock.unlock();
    }

    @Test
    void interruptedThread_waitsAllTheSame_andStaysInterrupted() throws Exception {
        lock.lock();
        Future<Boolean> other = threads.submit(() -> {
            Thread.currentThread().interrupt();
            countOnce();
            return Thread.interrupted();
        });
        counted = 1;
        lock.unlock();
        assertTrue(other.get(60, TimeUnit.SECONDS));
        assertEquals(2, counted);
    }
}
