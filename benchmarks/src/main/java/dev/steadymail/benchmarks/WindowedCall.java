package dev.steadymail.benchmarks;

import dev.steadymail.guard.Guard;
import dev.steadymail.mail.Lane;
import dev.steadymail.time.Deadline;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does a call cost in a busy program, with as many calls waiting as there are places and every place taken? One call is handed
 * in and the oldest in flight is answered, which starts the next: what p-queue with opossum does in Node, without a thread.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WindowedCall {
    /** Made for JMH. */
    public WindowedCall() {}

    @Benchmark
    public CompletableFuture<Integer> three(Three window) {
        return window.handInAndAnswer();
    }

    @Benchmark
    public CompletableFuture<Integer> hundred(Hundred window) {
        return window.handInAndAnswer();
    }

    /** An account with all places taken and as many calls waiting. */
    public abstract static class Window {
        private final RealTime time = new RealTime();
        private final Accounts accounts = new Accounts(time.source());
        private final Deadline deadline = accounts.farAway();
        private final Queue<CompletableFuture<Integer>> inFlight = new ArrayDeque<>();
        private final Guard guard;

        Window(int places) {
            this.guard = accounts.open("ada", Limits.places(places));
            for (int i = 0; i < 2 * places; i++) {
                var unused = handIn();
            }
            if (inFlight.size() != places) {
                throw new IllegalStateException(inFlight.size() + " calls in flight, expected " + places);
            }
        }

        CompletableFuture<Integer> handInAndAnswer() {
            CompletableFuture<Integer> call = handIn();
            inFlight.remove().complete(1);
            return call;
        }

        private CompletableFuture<Integer> handIn() {
            return guard.callAsync(Accounts.READ, Lane.INTERACTIVE, deadline, cancellation -> start());
        }

        private CompletionStage<Integer> start() {
            CompletableFuture<Integer> answer = new CompletableFuture<>();
            inFlight.add(answer);
            return answer;
        }

        @TearDown
        public void close() {
            guard.close();
            time.close();
        }
    }

    /** Three places. */
    @State(Scope.Thread)
    public static class Three extends Window {
        /** Made for JMH. */
        public Three() {
            super(3);
        }
    }

    /** A hundred places. */
    @State(Scope.Thread)
    public static class Hundred extends Window {
        /** Made for JMH. */
        public Hundred() {
            super(100);
        }
    }
}
