package dev.steadymail.benchmarks.imap;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Measures one run: wall time, processor time of the whole process (compiler and collector included) and allocation. */
final class Meter {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final double NANOS = 1e9;

    private Meter() {}

    @SuppressWarnings("CallToSystemGC")
    static Figures measure(Contestant contestant, Task task) throws Exception {
        contestant.prepare(task);
        // What others left is not this run's to clear away.
        System.gc();
        AllocatedBytes allocated = AllocatedBytes.fromNow();
        long cpu = SYSTEM.getProcessCpuTime();
        long started = System.nanoTime();
        Reading reading = contestant.read(task);
        long took = System.nanoTime() - started;
        Figures figures = new Figures()
                .put("seconds", seconds(took))
                .put("cpuSeconds", seconds(SYSTEM.getProcessCpuTime() - cpu));
        allocated.putInto(figures);
        return figures.put("messages", reading.messages())
                .put("contentBytes", reading.contentBytes())
                .put("wireBytes", reading.wireBytes())
                .put("commands", reading.commands())
                .put("waitedSeconds", seconds(reading.waited().toNanos()));
    }

    static double seconds(long nanos) {
        return nanos / NANOS;
    }
}
