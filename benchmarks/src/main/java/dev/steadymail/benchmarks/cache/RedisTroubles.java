package dev.steadymail.benchmarks.cache;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.benchmarks.Benchmarks;
import dev.steadymail.benchmarks.scale.Options;
import dev.steadymail.cache.CacheSettings;
import dev.steadymail.cache.CachedAccount;
import dev.steadymail.cache.MailCache;
import dev.steadymail.cache.codec.ContentKeys;
import dev.steadymail.cache.redis.RedisLevel;
import dev.steadymail.cache.redis.RedisSettings;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.testkit.redis.RedisProcess;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * What trouble with Redis costs those who read: threads read and mark at a steady pace through a cache over Redis, whose memory is small so
 * that Redis is asked all the time, while it is killed, stopped in its steps, filled and flushed. Each phase is printed beside the same load with no
 * Redis at all. Exits with 1 where a call failed, or a 99th percentile is more than 30 ms above that without Redis.
 *
 * <pre>
 * --seconds 6     how long a phase takes
 * --threads 4     each with an account of its own
 * --pause 2       milliseconds between two calls of a thread
 * </pre>
 */
public final class RedisTroubles {
    private static final long MOST_ABOVE = 30_000_000;
    private static final int EMAILS = 2_000;
    private static final int TOGETHER = 20;

    private final MailRuntime runtime = MailRuntime.create();
    private final List<Reader> readers = new ArrayList<>();
    private final long phase;
    private final long pause;
    private final AtomicLong failed = new AtomicLong();
    private boolean slow;

    private RedisTroubles(long seconds, long pauseMillis) {
        this.phase = seconds * 1_000_000_000L;
        this.pause = pauseMillis * 1_000_000L;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Options options = new Options(Set.of("seconds", "threads", "pause"), arguments);
        RedisTroubles troubles = new RedisTroubles(options.number("seconds", 6), options.number("pause", 2));
        int threads = options.number("threads", 4);
        System.out.println(Benchmarks.machine() + ", " + threads + " threads.\n");
        System.out.println("| phase | calls | failed | median, ms | p99, ms | longest, ms |");
        System.out.println("|---|---|---|---|---|---|");
        troubles.open(threads, MailCache.inMemory(CacheSettings.DEFAULT.withMaxWeight(1 << 20)));
        long alone = troubles.measure("no Redis", Long.MAX_VALUE);
        try (RedisProcess redis = RedisProcess.start()) {
            RedisSettings settings = RedisSettings.encrypted(redis.url(), ContentKeys.of(1, new byte[32]));
            try (RedisLevel level = RedisLevel.open(settings)) {
                troubles.open(threads, MailCache.over(CacheSettings.DEFAULT.withMaxWeight(1 << 20), level));
                troubles.disturb(redis, alone + MOST_ABOVE);
                System.out.println("\n" + level.statistics());
            }
        }
        boolean ends = troubles.failed.get() == 0 && !troubles.slow;
        troubles.runtime.close();
        System.exit(ends ? 0 : 1);
    }

    private void disturb(RedisProcess redis, long most) throws InterruptedException {
        measure("Redis well", most);
        redis.kill();
        measure("killed", most);
        redis.run();
        measure("started again", most);
        redis.pause();
        measure("stopped (SIGSTOP)", most);
        redis.resume();
        measure("going on", most);
        redis.command("CONFIG", "SET", "maxmemory", "1mb");
        measure("full, noeviction", most);
        redis.command("CONFIG", "SET", "maxmemory-policy", "allkeys-random");
        measure("full, evicting", most);
        redis.command("CONFIG", "SET", "maxmemory", "0");
        redis.command("FLUSHALL");
        measure("flushed", most);
    }

    private void open(int threads, MailCache cache) {
        readers.clear();
        for (int i = 0; i < threads; i++) {
            GeneratedProvider provider = new GeneratedProvider(new GeneratedMailbox(i), new Charges());
            GeneratedAccount account = new GeneratedAccount(new AccountId("reader " + i), provider);
            readers.add(new Reader(runtime.open(CachedAccount.of(account, cache)), i));
        }
    }

    private long measure(String name, long most) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        long end = System.nanoTime() + phase;
        failed.set(0);
        for (Reader reader : readers) {
            Thread thread = new Thread(() -> reader.read(end), "reader");
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        long[] times = readers.stream()
                .flatMapToLong(reader -> Arrays.stream(reader.taken()))
                .sorted()
                .toArray();
        long p99 = times[times.length * 99 / 100];
        slow |= p99 > most;
        System.out.printf(
                "| %s | %,d | %d | %.2f | %.2f | %.2f |%n",
                name,
                times.length,
                failed.get(),
                times[times.length / 2] / 1e6,
                p99 / 1e6,
                times[times.length - 1] / 1e6);
        return p99;
    }

    /** One thread's client. */
    private final class Reader {
        private final MailClient mail;
        private final Random random;
        private long[] times = new long[1 << 16];
        private int count;

        Reader(MailClient mail, int seed) {
            this.mail = mail;
            this.random = new Random(seed);
        }

        void read(long end) {
            count = 0;
            while (System.nanoTime() - end < 0 && count < times.length) {
                long began = System.nanoTime();
                try {
                    call();
                } catch (RuntimeException | IOException failure) {
                    failed.incrementAndGet();
                    System.err.println(failure);
                }
                times[count++] = System.nanoTime() - began;
                LockSupport.parkNanos(pause);
            }
        }

        private void call() throws IOException {
            EmailId id = GeneratedMailbox.id(GeneratedMailbox.AT_FIRST - 1 - random.nextInt(EMAILS));
            switch (random.nextInt(10)) {
                case 0, 1 -> {
                    try (InputStream raw = mail.emails().raw(id)) {
                        raw.readAllBytes();
                    }
                }
                case 2 -> mail.emails().addKeyword(List.of(id), Keyword.SEEN);
                default -> {
                    List<EmailId> ids = new ArrayList<>();
                    for (int i = 0; i < TOGETHER; i++) {
                        ids.add(GeneratedMailbox.id(GeneratedMailbox.AT_FIRST - 1 - random.nextInt(EMAILS)));
                    }
                    if (mail.emails().get(ids, FetchLevel.METADATA).size() < new HashSet<>(ids).size()) {
                        throw new IllegalStateException("emails are missing in an answer");
                    }
                }
            }
        }

        long[] taken() {
            return Arrays.copyOf(times, count);
        }
    }
}
