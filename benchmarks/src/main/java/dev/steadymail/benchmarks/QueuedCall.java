package dev.steadymail.benchmarks;

import dev.steadymail.guard.Guard;
import dev.steadymail.mail.Lane;
import dev.steadymail.time.Deadline;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does a call cost that has to queue behind others: enqueue, grant, complete? The only place is held until so many calls of
 * all lanes wait, then freed, and the queue drains.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class QueuedCall {
    /** Queued calls of one invocation, whatever the depth; every depth divides it. */
    static final int CALLS = 20_000;

    private static final Lane[] LANES = Lane.values();
    private static final CompletableFuture<Integer> ANSWERED = CompletableFuture.completedFuture(1);

    /** How many calls wait when the place is freed. */
    @Param({"10", "1000", "20000"})
    public int waiting;

    private final RealTime time = new RealTime();
    private final Accounts accounts = new Accounts(time.source());
    private final Deadline deadline = accounts.farAway();
    private final Deadline[] deadlines = accounts.farAway(CALLS);
    private final Guard guard = accounts.open("ada", Limits.places(1));
    private final CompletableFuture<?>[] calls = new CompletableFuture<?>[CALLS];

    /** Made for JMH. */
    public QueuedCall() {}

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public void queued() {
        for (int left = CALLS; left > 0; left -= waiting) {
            drainOnce();
        }
    }

    private void drainOnce() {
        CompletableFuture<Integer> held = new CompletableFuture<>();
        CompletableFuture<Integer> holder =
                guard.callAsync(Accounts.READ, Lane.INTERACTIVE, deadline, cancellation -> held);
        for (int i = 0; i < waiting; i++) {
            calls[i] = guard.callAsync(Accounts.READ, LANES[i % LANES.length], deadlines[i], cancellation -> ANSWERED);
        }
        if (holder.isDone() || calls[0].isDone()) {
            throw new IllegalStateException("a call did not wait for the held place");
        }
        held.complete(1);
        for (int i = 0; i < waiting; i++) {
            calls[i].join();
        }
    }

    @TearDown
    public void close() {
        guard.close();
        time.close();
    }
}
