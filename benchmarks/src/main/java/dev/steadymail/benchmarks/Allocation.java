package dev.steadymail.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** What threads allocate a call, as the JVM counts it: exact, whatever else the machine does. */
final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WARM_UP = 300_000;
    private static final int CALLS = 200_000;
    private static final int ROUNDS = 5;

    private Allocation() {}

    /** Returns the bytes that one call allocates when so many threads make it at once: the median of rounds, once compiled. */
    static double bytesPerCall(int threads, Runnable call) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier together = new CyclicBarrier(threads);
            List<Future<List<Double>>> rounds = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                rounds.add(pool.submit(allRounds(together, call)));
            }
            List<Double> all = new ArrayList<>();
            for (Future<List<Double>> thread : rounds) {
                all.addAll(thread.get(1, TimeUnit.MINUTES));
            }
            return Spread.of(all).median();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupt);
        } catch (ExecutionException | java.util.concurrent.TimeoutException failure) {
            throw new IllegalStateException("a measured call failed, or did not end in a minute", failure);
        } finally {
            pool.shutdownNow();
        }
    }

    private static Callable<List<Double>> allRounds(CyclicBarrier together, Runnable call) {
        return () -> {
            repeat(call, WARM_UP);
            List<Double> rounds = new ArrayList<>();
            for (int i = 0; i < ROUNDS; i++) {
                together.await(1, TimeUnit.MINUTES);
                long before = THREADS.getCurrentThreadAllocatedBytes();
                repeat(call, CALLS);
                rounds.add((double) (THREADS.getCurrentThreadAllocatedBytes() - before) / CALLS);
            }
            return rounds;
        };
    }

    private static void repeat(Runnable call, int times) {
        for (int i = 0; i < times; i++) {
            call.run();
        }
    }
}
