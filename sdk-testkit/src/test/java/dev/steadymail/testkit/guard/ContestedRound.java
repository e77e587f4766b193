package dev.steadymail.testkit.guard;

import dev.steadymail.guard.Guard;
import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.Guards;
import dev.steadymail.guard.InProcessLimits;
import dev.steadymail.guard.QuotaLimit;
import dev.steadymail.guard.QuotaPlan;
import dev.steadymail.guard.RetryPolicy;
import dev.steadymail.guard.SharedLimits;
import dev.steadymail.guard.Traffic;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Reach;
import dev.steadymail.testkit.time.ManualTime;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Two accounts of one project, used by several threads at once while time moves under them. */
final class ContestedRound {
    private static final int THREADS = 4;
    private static final int STEPS = 80;
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final ManualTime manual = new ManualTime();
    final List<ContestedAccount> accounts = new CopyOnWriteArrayList<>();
    private final SplittableRandom choices;
    private final ExecutorService threads;
    private final boolean closes;
    private final TimeSource time;
    private final Guards guards;
    private final GuardProfile profile;
    private final AtomicInteger reads = new AtomicInteger();

    /**
     * Opens the accounts.
     *
     * @param closes whether one account is closed in the midst, and opened again
     */
    ContestedRound(long seed, boolean closes, ExecutorService threads) {
        this.choices = new SplittableRandom(seed);
        this.closes = closes;
        this.threads = threads;
        this.time = dawdling(manual.timeSource(seed));
        SharedLimits limits = choices.nextInt(3) == 0 ? new InProcessLimits(time) : null;
        this.guards = new Guards(time, limits, null);
        String project = choices.nextBoolean() ? "project" : null;
        this.profile = profile(project);
        accounts.add(open("ada", profile));
        accounts.add(open("bob", profile(project)));
    }

    private ContestedAccount open(String name, GuardProfile profile) {
        Guard guard = guards.open(new AccountId(name), profile, new Traffic(time.nanos()));
        return new ContestedAccount(guard, time, threads);
    }

    /** A guard reads the clock with its lock held. A thread that lingers there lets others meet where they rarely would. */
    private TimeSource dawdling(TimeSource time) {
        LongSupplier nanos = () -> {
            if (reads.incrementAndGet() % 8 == 0) {
                for (int i = 0; i < 500; i++) {
                    Thread.onSpinWait();
                }
            }
            return time.nanoTime();
        };
        return new TimeSource(time.clock(), nanos, time.scheduler(), time.random());
    }

    private GuardProfile profile(@Nullable String project) {
        GuardSettings settings = GuardSettings.builder()
                .maxInFlight(choices.nextInt(1, 4))
                .starts(choices.nextInt(3) == 0 ? 5 : 10_000, Duration.ofSeconds(1))
                .maxWaiting(choices.nextInt(4) == 0 ? 4 : 1_000)
                .openFor(Duration.ofSeconds(1))
                .retryPolicy(new RetryPolicy(4, Duration.ofMillis(50), Duration.ofSeconds(1)))
                .quota(quota())
                .build();
        return new GuardProfile(settings, project, null);
    }

    private QuotaPlan quota() {
        int units = choices.nextInt(3) == 0 ? 40 : 10_000;
        return new QuotaPlan(
                "contested",
                LocalDate.EPOCH,
                List.of(
                        new QuotaLimit("user", Reach.ACCOUNT, units, MINUTE, true),
                        new QuotaLimit("project", Reach.PROJECT, 2L * units, MINUTE, true)),
                Map.of(),
                1);
    }

    /** Lets all threads run against each other, and waits until they are done. */
    void play() throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Future<?>> racers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            SplittableRandom own = choices.split();
            int closesAt = closes && i == 0 ? choices.nextInt(STEPS) : -1;
            racers.add(threads.submit(() -> {
                var unused = start.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                for (int step = 0; step < STEPS; step++) {
                    step(own, step == closesAt);
                }
                return null;
            }));
        }
        for (Future<?> racer : racers) {
            var unused = racer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private void step(RandomGenerator own, boolean close) {
        if (close) {
            accounts.get(0).guard.close();
            accounts.add(open("ada", profile));
        } else if (own.nextInt(10) == 0) {
            manual.advance(Duration.ofMillis(own.nextInt(own.nextInt(4) == 0 ? 3_000 : 100)));
        } else {
            accounts.get(own.nextInt(accounts.size())).disturb(own);
        }
    }

    /** Answers whatever is open and moves time until every call has ended; false where that does not come about. */
    boolean settle() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        boolean settled = false;
        while (!settled && System.nanoTime() < end) {
            settled = true;
            for (ContestedAccount account : accounts) {
                settled &= account.answerAll();
            }
            manual.advance(Duration.ofMillis(100));
            Thread.onSpinWait();
        }
        return settled;
    }

    boolean isClosed(ContestedAccount account) {
        return closes && accounts.get(0) == account;
    }

    @Override
    public String toString() {
        return accounts.toString();
    }
}
