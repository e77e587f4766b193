package dev.steadymail.benchmarks;

import dev.steadymail.guard.Cancellation;
import dev.steadymail.guard.Guard;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.mail.Lane;
import dev.steadymail.time.Deadline;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does guarding one call cost that succeeds at once, beside resilience4j's breaker, bulkhead, limiter and retry around the same
 * work? All threads use one account. The work is kept out of line, as a real attempt is: what it is given cannot be optimised away.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class GuardedCall {
    /** Made for JMH. */
    public GuardedCall() {}

    @Benchmark
    public Object bare() {
        return work();
    }

    @Benchmark
    public Object peer(Peer peer) {
        return peer.stack.get();
    }

    @Benchmark
    public Object guard(Fresh account) {
        return account.call();
    }

    @Benchmark
    public Object guardMetered(Metered account) {
        return account.call();
    }

    @Benchmark
    public Object guardFailedOnce(FailedOnce account) {
        return account.call();
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static Object work() {
        return Accounts.READ;
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    @SuppressWarnings("UnusedVariable")
    static Object attempt(Cancellation cancellation) {
        return Accounts.READ;
    }

    /** The stack of four. */
    @State(Scope.Benchmark)
    public static class Peer {
        private final Supplier<Object> stack = PeerStack.around(GuardedCall::work);

        /** Made for JMH. */
        public Peer() {}
    }

    /** One account, shared by all threads. */
    public abstract static class Account {
        private final RealTime time = new RealTime();
        private final Accounts accounts = new Accounts(time.source());
        private final Deadline deadline = accounts.farAway();
        private final Guard guard;

        Account(GuardSettings settings, boolean failed) {
            this.guard = accounts.open("ada", settings);
            if (failed) {
                accounts.failOnce(guard);
            }
        }

        Object call() {
            return guard.call(Accounts.READ, Lane.INTERACTIVE, deadline, GuardedCall::attempt);
        }

        @TearDown
        public void close() {
            guard.close();
            time.close();
        }
    }

    /** Nothing has ever failed, and there is no quota. */
    @State(Scope.Benchmark)
    public static class Fresh extends Account {
        /** Made for JMH. */
        public Fresh() {
            super(Limits.WIDE, false);
        }
    }

    /** A quota is counted. */
    @State(Scope.Benchmark)
    public static class Metered extends Account {
        /** Made for JMH. */
        public Metered() {
            super(Limits.METERED, false);
        }
    }

    /** One call has failed before, so that failures are counted. */
    @State(Scope.Benchmark)
    public static class FailedOnce extends Account {
        /** Made for JMH. */
        public FailedOnce() {
            super(Limits.WIDE, true);
        }
    }
}
