package dev.steadymail.benchmarks;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * One benchmark as it is measured.
 *
 * @param title for people
 * @param benchmark class and method
 * @param threads how many threads run it at once
 * @param waiting value of the parameter of that name, or 0 where the benchmark has none
 */
record Row(String title, String benchmark, int threads, int waiting) {
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final int WARM_UPS = 4;
    private static final TimeValue WARM_UP = TimeValue.milliseconds(500);
    /** Many and short, so that the median is of those that the rest of the machine has not disturbed. */
    private static final int ITERATIONS = 25;

    private static final TimeValue ITERATION = TimeValue.milliseconds(100);
    private static final double MEDIAN = 50;

    /**
     * What one run gave.
     *
     * @param nanos nanoseconds a call, the median of all iterations
     * @param bytes bytes allocated a call
     */
    record Score(double nanos, double bytes) {}

    /** Runs it once in a JVM of its own, which takes some seconds. */
    Score run() throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Row.class.getPackageName() + "\\." + benchmark.replace(".", "\\.") + "$")
                .threads(threads)
                .forks(1)
                .warmupIterations(WARM_UPS)
                .warmupTime(WARM_UP)
                .measurementIterations(ITERATIONS)
                .measurementTime(ITERATION)
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend("-Xmx1g")
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        if (waiting > 0) {
            options.param("waiting", Integer.toString(waiting));
        }
        return scoreOf(new Runner(options.build()).run());
    }

    private Score scoreOf(Collection<RunResult> results) {
        if (results.size() != 1) {
            throw new IllegalStateException(benchmark + " names " + results.size() + " benchmarks, expected one");
        }
        RunResult result = results.iterator().next();
        double bytes = requireNonNull(result.getSecondaryResults().get(ALLOCATED), ALLOCATED)
                .getScore();
        return new Score(result.getPrimaryResult().getStatistics().getPercentile(MEDIAN), bytes);
    }
}
