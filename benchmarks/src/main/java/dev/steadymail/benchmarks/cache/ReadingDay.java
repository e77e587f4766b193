package dev.steadymail.benchmarks.cache;

import dev.steadymail.benchmarks.Benchmarks;
import dev.steadymail.benchmarks.cache.Day.Cursor;
import dev.steadymail.benchmarks.scale.Options;
import dev.steadymail.cache.CacheSettings;
import dev.steadymail.cache.MailCache;
import dev.steadymail.cache.codec.ContentKeys;
import dev.steadymail.cache.redis.RedisLevel;
import dev.steadymail.cache.redis.RedisSettings;
import dev.steadymail.testkit.redis.RedisProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Replays twelve hours of 50 people reading mail through a cache, and prints how much of what they looked up it had, and what share of Gmail's
 * units it saved, beside what a cache that knows all and forgets nothing reaches.
 *
 * <pre>
 * --trace FILE    the trace; $STEADYMAIL_SHARED/traces/reading-day.tsv where it is not named
 * --levels L1     which levels the cache has: memory alone, or L2 with a Redis of 512 MiB beneath it
 * --shared 30     seconds for which an answer from Redis is good that nothing speaks for
 * --mib 64        how much the first level holds
 * --fresh 5       seconds for which an answer is good that nothing speaks for
 * </pre>
 */
public final class ReadingDay {
    private static final long MIB = 1 << 20;

    private final List<Step> steps;
    private final Ceiling ceiling;
    private final Levels levels;
    private final CacheSettings settings;

    /** What a cache consists of. */
    private enum Levels {
        /** Memory alone. */
        L1 {
            @Override
            MailCache open(CacheSettings settings, TraceClock clock) {
                return MailCache.inMemory(settings, clock, stale -> {});
            }
        },
        /** Redis beneath the memory, encrypted. */
        L2 {
            @Override
            MailCache open(CacheSettings settings, TraceClock clock) {
                RedisProcess redis = RedisProcess.start("--maxmemory", "512mb", "--maxmemory-policy", "allkeys-lru");
                Runtime.getRuntime().addShutdownHook(new Thread(redis::close));
                RedisSettings place = RedisSettings.encrypted(redis.url(), ContentKeys.of(1, new byte[32]))
                        .withPatience(Duration.ofSeconds(1));
                return MailCache.over(settings, new TraceTimedLevel(RedisLevel.open(place), clock), clock, stale -> {});
            }
        };

        abstract MailCache open(CacheSettings settings, TraceClock clock);
    }

    private ReadingDay(List<Step> steps, Levels levels, CacheSettings settings) {
        this.steps = steps;
        this.ceiling = Ceiling.of(steps);
        this.levels = levels;
        this.settings = settings;
    }

    public static void main(String[] arguments) throws IOException {
        Options options = new Options(Set.of("trace", "levels", "mib", "fresh", "shared"), arguments);
        String shared = System.getenv().getOrDefault("STEADYMAIL_SHARED", ".");
        Path trace = Path.of(options.text(
                "trace", Path.of(shared, "traces", "reading-day.tsv").toString()));
        CacheSettings settings = CacheSettings.DEFAULT
                .withMaxWeight(options.number("mib", 64) * MIB)
                .withFreshFor(Duration.ofSeconds(options.number("fresh", 5)))
                .withSharedFreshFor(Duration.ofSeconds(options.number("shared", 30)));
        ReadingDay day = new ReadingDay(Step.read(trace), Levels.valueOf(options.text("levels", "L1")), settings);
        System.out.println(Benchmarks.machine() + ", " + settings.maxWeight() / MIB + " MiB, fresh for "
                + settings.freshFor().toSeconds() + " s.\n");
        day.run();
    }

    private void run() throws IOException {
        System.out.println(
                "| cursor | look-ups | hit rate | units without | with | saved | evictions | old answers | seconds |");
        System.out.println("|---".repeat(9) + "|");
        for (Cursor cursor : Cursor.values()) {
            print(cursor);
        }
        System.out.println(line("ceiling", ceiling.score(), "| | | |"));
    }

    private void print(Cursor cursor) throws IOException {
        TraceClock clock = new TraceClock();
        MailCache cache = levels.open(settings, clock);
        long began = System.nanoTime();
        try (Day day = new Day(clock, cache, cursor)) {
            Score score = day.replay(steps);
            double seconds = (System.nanoTime() - began) / 1e9;
            System.err.println(cursor + ": " + cache.statistics());
            System.out.println(line(
                    cursor.name(),
                    score,
                    "| %,d | %,d | %.1f |".formatted(cache.statistics().evictions(), day.old(), seconds)));
        }
    }

    private String line(String name, Score score, String rest) {
        System.err.println(name + ": misses: " + score.misses());
        return "| %s | %,d | %.4f | %,d | %,d | %.4f %s"
                .formatted(
                        name,
                        score.lookUps(),
                        score.hitRate(),
                        ceiling.without(),
                        score.units(),
                        1 - (double) score.units() / ceiling.without(),
                        rest);
    }
}
