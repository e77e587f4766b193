package dev.steadymail.testkit.script;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The mismatches of a server, in the order of their coming, and a place to wait for progress. Thread-safe. */
final class Ledger {

    private final List<String> mismatches = new ArrayList<>();

    synchronized void mismatch(String report) {
        mismatches.add(report);
        notifyAll();
    }

    synchronized List<String> mismatches() {
        return List.copyOf(mismatches);
    }

    /** Wakes those who wait. */
    synchronized void changed() {
        notifyAll();
    }

    /** Waits until this holds or there is a mismatch or the time is over. */
    synchronized void await(BooleanSupplier done, Duration atMost) throws InterruptedException {
        long start = System.nanoTime();
        while (mismatches.isEmpty() && !done.getAsBoolean()) {
            long left = atMost.toNanos() - (System.nanoTime() - start);
            if (left <= 0) {
                return;
            }
            TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, 1_000_000));
        }
    }
}
