package dev.steadymail.benchmarks.imap;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that all threads of this JVM allocated between two moments, exact as the JVM counts them.
 *
 * <p>From JDK 21 on the JVM keeps a total that ended threads stay part of. Before that the counters of the threads that live are compared:
 * I/O threads must live until the second moment, and how many ended before it is told, since what they allocated is missing then.
 */
final class AllocatedBytes {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final @Nullable Method TOTAL = total();

    private final long totalBefore;
    private final long startedBefore;
    private final Map<Long, Long> before;

    private AllocatedBytes() {
        before = TOTAL == null ? perThread() : Map.of();
        startedBefore = THREADS.getTotalStartedThreadCount();
        totalBefore = TOTAL == null ? 0 : invoke(TOTAL);
    }

    /** Starts to count. */
    static AllocatedBytes fromNow() {
        return new AllocatedBytes();
    }

    /** Stops to count and adds bytes, and threads whose bytes are missing from them. */
    void putInto(Figures figures) {
        if (TOTAL != null) {
            figures.put("allocatedBytes", invoke(TOTAL) - totalBefore).put("threadsMissed", 0);
            return;
        }
        Map<Long, Long> after = perThread();
        long started = THREADS.getTotalStartedThreadCount() - startedBefore;
        long bytes = 0;
        long appeared = 0;
        for (Map.Entry<Long, Long> thread : after.entrySet()) {
            Long then = before.get(thread.getKey());
            appeared += then == null ? 1 : 0;
            bytes += thread.getValue() - (then == null ? 0 : then);
        }
        long gone =
                before.keySet().stream().filter(id -> !after.containsKey(id)).count();
        figures.put("allocatedBytes", bytes).put("threadsMissed", gone + started - appeared);
    }

    private static Map<Long, Long> perThread() {
        long[] ids = THREADS.getAllThreadIds();
        long[] bytes = THREADS.getThreadAllocatedBytes(ids);
        Map<Long, Long> each = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            // -1 is a thread that ended since its id was taken.
            if (bytes[i] >= 0) {
                each.put(ids[i], bytes[i]);
            }
        }
        return each;
    }

    /** Not there on the JDK that this is compiled for. */
    private static @Nullable Method total() {
        try {
            return ThreadMXBean.class.getMethod("getTotalThreadAllocatedBytes");
        } catch (NoSuchMethodException beforeJdk21) {
            return null;
        }
    }

    private static long invoke(Method total) {
        try {
            return (long) total.invoke(THREADS);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException("the JVM does not tell what was allocated", failure);
        }
    }
}
