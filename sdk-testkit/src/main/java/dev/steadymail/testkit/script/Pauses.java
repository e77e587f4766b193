package dev.steadymail.testkit.script;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The pauses of all scripts of a server, by name. One that has ended stays so. Thread-safe. */
final class Pauses {

    private final Duration deadline;
    private final Map<String, Gate> gates = new ConcurrentHashMap<>();

    private record Gate(CountDownLatch reached, CountDownLatch ended) {
        Gate() {
            this(new CountDownLatch(1), new CountDownLatch(1));
        }
    }

    Pauses(Set<String> names, Duration deadline) {
        this.deadline = deadline;
        names.forEach(name -> gates.put(name, new Gate()));
    }

    private Gate gate(String name) {
        Gate gate = gates.get(name);
        if (gate == null) {
            throw new IllegalArgumentException("no script has the line S: <wait " + name + ">");
        }
        return gate;
    }

    /** Waits for the end of the pause; false if the deadline was first. */
    boolean pause(String name) throws InterruptedException {
        gate(name).reached().countDown();
        return await(gate(name).ended());
    }

    /** Waits for its beginning; false if the deadline was first. */
    boolean awaitReached(String name) throws InterruptedException {
        return await(gate(name).reached());
    }

    void end(String name) {
        gate(name).ended().countDown();
    }

    private boolean await(CountDownLatch latch) throws InterruptedException {
        return latch.await(deadline.toNanos(), TimeUnit.NANOSECONDS);
    }
}
