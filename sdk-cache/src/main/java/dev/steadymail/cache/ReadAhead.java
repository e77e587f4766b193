package dev.steadymail.cache;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Reads again what was just given and will soon be too old, one reading at a time for each key. Thread-safe. */
final class ReadAhead {
    private static final int MOST = 100;

    private final @Nullable Executor executor;
    private final Set<Object> underWay = ConcurrentHashMap.newKeySet();

    /** Takes who reads; null where nothing is read ahead. */
    ReadAhead(@Nullable Executor executor) {
        this.executor = executor;
    }

    /** Returns whether three quarters of the time are over for which something is good. */
    boolean isDue(long age, long limit) {
        return executor != null && age > limit - limit / 4;
    }

    /** Reads, unless that is under way or too much is. The reading says nothing of how it went: who needs it reads for himself. */
    void read(Object key, Runnable reading) {
        Executor reads = executor;
        if (reads == null || underWay.size() >= MOST || !underWay.add(key)) {
            return;
        }
        try {
            reads.execute(() -> {
                try {
                    reading.run();
                } finally {
                    underWay.remove(key);
                }
            });
        } catch (RejectedExecutionException busy) {
            underWay.remove(key);
        }
    }
}
