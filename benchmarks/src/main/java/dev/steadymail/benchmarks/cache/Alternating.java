package dev.steadymail.benchmarks.cache;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The pairs of {@link HitInMemory}, {@link HitOnRedis} and {@link ManyOnRedis} by turns, call by call, so that a machine that is busy with other
 * things slows both sides down alike.
 */
public final class Alternating {
    private static final int ROUNDS = 3;

    private static volatile @Nullable Object last;

    private Alternating() {}

    /** Prints a table, and a line of it for each of three rounds. */
    public static void main(String[] arguments) throws InterruptedException {
        System.out.println("| | bare, us | ours, us | ratio of medians |");
        System.out.println("|---".repeat(4) + "|");
        HitInMemory memory = new HitInMemory();
        memory.fill();
        compare("memory, provider", 10_000, times(200, memory::caffeine), times(200, memory::provider));
        compare(
                "memory, provider, beside account and id",
                10_000,
                times(200, memory::caffeineOfAccounts),
                times(200, memory::provider));
        compare("memory, less", 10_000, times(200, memory::caffeine), times(200, memory::less));
        compare("memory, client", 10_000, times(200, memory::caffeine), times(200, memory::client));
        memory.check();
        for (String text : new String[] {"words", "random"}) {
            HitOnRedis hit = new HitOnRedis();
            hit.text = text;
            hit.fill();
            compare("Redis, " + text, 10_000, hit::lettuce, hit::level);
            hit.close();
        }
        ManyOnRedis many = new ManyOnRedis();
        many.fill();
        compare("100 of Redis", 300, many::lettuce, many::metadata);
        compare("100 with states", 300, many::lettuce, many::withStates);
        many.close();
    }

    private static Supplier<@Nullable Object> times(int count, Supplier<@Nullable Object> call) {
        return () -> {
            for (int n = 1; n < count; n++) {
                last = call.get();
            }
            return call.get();
        };
    }

    private static void compare(
            String what,
            int count,
            Supplier<? extends @Nullable Object> bare,
            Supplier<? extends @Nullable Object> ours) {
        for (int round = 0; round <= ROUNDS; round++) {
            long[] bareNanos = new long[count];
            long[] ourNanos = new long[count];
            for (int n = 0; n < count; n++) {
                bareNanos[n] = nanos(bare);
                ourNanos[n] = nanos(ours);
            }
            if (round > 0) {
                print(what, median(bareNanos) / 1e3, median(ourNanos) / 1e3);
            }
        }
    }

    private static long nanos(Supplier<? extends @Nullable Object> call) {
        long began = System.nanoTime();
        last = call.get();
        return System.nanoTime() - began;
    }

    private static long median(long[] nanos) {
        Arrays.sort(nanos);
        return nanos[nanos.length / 2];
    }

    private static void print(String what, double bare, double ours) {
        System.out.printf(Locale.ROOT, "| %s | %.1f | %.1f | %.2f |%n", what, bare, ours, ours / bare);
    }
}
