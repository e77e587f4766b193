package dev.steadymail.testkit.simulation;

import dev.steadymail.time.Scheduler;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * A world of its own: virtual time, chance and faults, all from one seed and on one thread. The same seed and the same code do the
 * same, to the nanosecond, and {@link #trace} proves it. Time passes only in {@link #run}, as fast as the machine can: millions of
 * events a second.
 *
 * <pre>{@code
 * Simulation.explore(100, simulation -> {
 *     RandomGenerator latency = simulation.choices("latency");
 *     simulation.after(Duration.ofMillis(latency.nextInt(200)), () -> ...);
 *     if (simulation.happens("connection.reset", 0.01)) { ... }
 *     simulation.run(Duration.ofHours(1));
 * });
 * }</pre>
 *
 * <p>What is simulated must not block and must not use threads: hand it {@link #time} and asynchronous calls. A timer set from
 * another thread is refused. The monotonic ticker starts anywhere, often shortly before it overflows, because a real one may.
 */
public final class Simulation {
    /** Where the wall clock starts. */
    public static final Instant START = Instant.parse("2024-03-01T12:00:00Z");

    /** More events than this at one instant mean that time stands still. */
    private static final int MOST_AT_ONCE = 10_000_000;

    private final long seed;
    private final Trace trace = new Trace();
    private final EventQueue queue = new EventQueue();
    private final Map<String, Choices> streams = new HashMap<>();
    private final FaultPoints faults;
    private final TimeSource time;
    private long nowNanos;
    private Duration wallOffset = Duration.ZERO;
    private long events;
    private int eventsAtOnce;
    private boolean running;

    private Simulation(long seed) {
        this.seed = seed;
        this.faults = new FaultPoints(point -> new Choices(trace, seed, "simulation.fault." + point));
        long origin = TickerOrigin.of(choices("simulation.origin"));
        this.time = new TimeSource(
                this::now, () -> origin + nowNanos, (task, delay) -> after(delay, task), choices("simulation.time"));
    }

    /** Returns a new world; the same seed always makes the same one. */
    public static Simulation withSeed(long seed) {
        return new Simulation(seed);
    }

    /**
     * Plays a scenario in a number of worlds, with the seeds from 1 on, until one fails. {@code -Dsteadymail.seed=N} plays one world
     * instead, {@code -Dsteadymail.runs=N} another number of them.
     *
     * @param runs how many worlds, at least 1
     * @throws AssertionError where the scenario threw, with the seed that does it again; the cause is what it threw
     */
    public static void explore(int runs, Consumer<Simulation> scenario) {
        Exploration.of(runs).play(scenario);
    }

    public long seed() {
        return seed;
    }

    /**
     * Returns this world's clock, ticker, timers and chance, for what is simulated. Timers never run inside the call that sets them,
     * those without delay neither; they run in order of their time, those of one time in the order they were set.
     */
    public TimeSource time() {
        return time;
    }

    /** Returns the wall clock. */
    public Instant now() {
        return START.plusNanos(nowNanos).plus(wallOffset);
    }

    /** Returns how much time has passed since the beginning. */
    public Duration elapsed() {
        return Duration.ofNanos(nowNanos);
    }

    /** Steps the wall clock forth or back, as an administrator does; ticker and timers stay. */
    public void stepClock(Duration step) {
        wallOffset = wallOffset.plus(step);
    }

    /** Does something after a delay; at this same instant, but not before this returns, where it is zero or negative. */
    public Scheduler.Timer after(Duration delay, Runnable task) {
        return queue.add(VirtualNanos.add(nowNanos, delay), task);
    }

    /** Does something when so much time has passed since the beginning; at once where that is over. */
    public Scheduler.Timer at(Duration sinceStart, Runnable task) {
        return queue.add(Math.max(nowNanos, VirtualNanos.add(0, sinceStart)), task);
    }

    /** Lets time pass, and all that is due on the way happen. What an event throws ends the run and is thrown here. */
    public void run(Duration step) {
        runUntil(() -> false, step);
    }

    /**
     * Lets time pass until something is so, which is looked at after every event, or until a time has passed.
     *
     * @return whether it became so
     */
    public boolean runUntil(BooleanSupplier done, Duration atMost) {
        if (atMost.isNegative()) {
            throw new IllegalArgumentException("time only goes forward, was asked for " + atMost);
        }
        if (running) {
            throw new IllegalStateException("an event must not let time pass; use after() for what is to happen later");
        }
        running = true;
        try {
            return runTo(VirtualNanos.add(nowNanos, atMost), done);
        } finally {
            running = false;
        }
    }

    /**
     * Returns the stream of chance of that name, always the same one. Names keep streams apart: what one part draws does not change
     * what another part meets. The name {@code simulation} and what begins with it and a dot is taken.
     */
    public RandomGenerator choices(String name) {
        return streams.computeIfAbsent(name, fresh -> new Choices(trace, seed, fresh));
    }

    /**
     * Decides whether a fault happens here and now; each point has its own stream of chance.
     *
     * @param point names the place and the fault, for example {@code connection.reset}
     * @param probability 0 to 1
     */
    public boolean happens(String point, double probability) {
        return faults.happens(point, probability);
    }

    /** Returns how often each fault happened, for every point that was asked: a test whose faults never happen shows nothing. */
    public Map<String, Long> faults() {
        return faults.counts();
    }

    /** Adds a fact to the trace, for example what a call ended with. */
    public void note(long fact) {
        trace.add(fact);
    }

    /**
     * Returns a fingerprint of all so far: every event with its time and place in order, every draw of chance, every note. Two runs
     * with the same fingerprint did the same.
     */
    public long trace() {
        return trace.hash();
    }

    /** Returns how many events have happened. */
    public long events() {
        return events;
    }

    /** Returns how many events are still to come. */
    public int waiting() {
        return queue.waiting();
    }

    @Override
    public String toString() {
        return "seed " + seed + " after " + elapsed() + " and " + events + " events, trace "
                + Long.toHexString(trace());
    }

    private boolean runTo(long target, BooleanSupplier done) {
        for (long at = queue.nextAt(); at <= target; at = queue.nextAt()) {
            step(at);
            if (done.getAsBoolean()) {
                return true;
            }
        }
        nowNanos = target;
        return done.getAsBoolean();
    }

    private void step(long at) {
        eventsAtOnce = at == nowNanos ? eventsAtOnce + 1 : 0;
        if (eventsAtOnce > MOST_AT_ONCE) {
            throw new IllegalStateException("time stands still: " + MOST_AT_ONCE + " events at one instant, " + this);
        }
        nowNanos = at;
        events++;
        trace.add(at);
        trace.add(queue.nextOrder());
        queue.take().happen();
    }
}
