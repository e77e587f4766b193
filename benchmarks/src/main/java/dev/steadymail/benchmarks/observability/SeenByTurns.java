package dev.steadymail.benchmarks.observability;

import dev.steadymail.benchmarks.Benchmarks;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The pairs of {@link SeenCall} by turns, two hundred calls each, so that a machine that is busy with other things slows both sides down
 * alike.
 */
public final class SeenByTurns {
    private static final int ROUNDS = 5;
    /** The compiler comes back to what is hot more than once. */
    private static final int WARM_UP = 5;

    private static final int TURNS = 2_000;
    private static final int CALLS = 200;

    @SuppressWarnings("UnusedVariable") // Written so that no call is optimised away.
    private static volatile @Nullable Object last;

    private SeenByTurns() {}

    /** Prints a table, and a line of it for each of five rounds. */
    public static void main(String[] arguments) {
        System.out.println(Benchmarks.machine());
        System.out.println("| | bare, ns | ours, ns | ratio of medians |");
        System.out.println("|---".repeat(4) + "|");
        SeenCall calls = new SeenCall();
        compare("everything", calls::bare, calls::guardSeen);
        compare("everything, timers without buckets", calls::bare, calls::guardSeenPlain);
        compare("everything, span current", calls::bareCurrent, calls::guardSeen);
        compare("everything, span current, timers without buckets", calls::bareCurrent, calls::guardSeenPlain);
        if (arguments.length > 0) {
            compare("timer; guard unseen", calls::bareTimer, calls::guard);
            compare("timer; guard heard", calls::bareTimer, calls::guardHeard);
            compare("span; guard traced", calls::bareSpan, calls::guardTraced);
            compare("event; guard recorded", calls::bareEvent, calls::guardRecorded);
        }
        calls.close();
    }

    private static void compare(String what, Supplier<Object> bare, Supplier<Object> ours) {
        for (int round = 0; round < WARM_UP + ROUNDS; round++) {
            long[] bareNanos = new long[TURNS];
            long[] ourNanos = new long[TURNS];
            for (int n = 0; n < TURNS; n++) {
                bareNanos[n] = nanos(bare);
                ourNanos[n] = nanos(ours);
            }
            if (round >= WARM_UP) {
                print(what, median(bareNanos), median(ourNanos));
            }
        }
    }

    private static long nanos(Supplier<Object> call) {
        long began = System.nanoTime();
        for (int n = 0; n < CALLS; n++) {
            last = call.get();
        }
        return System.nanoTime() - began;
    }

    private static double median(long[] nanos) {
        Arrays.sort(nanos);
        return (double) nanos[nanos.length / 2] / CALLS;
    }

    private static void print(String what, double bare, double ours) {
        System.out.printf(Locale.ROOT, "| %s | %.0f | %.0f | %.2f |%n", what, bare, ours, ours / bare);
    }
}
