package dev.steadymail.benchmarks.scale;

/** Whom the server lets in; set by the control port, used by all listeners, in the loop's thread. */
final class Admission {
    private final long startedNanos = System.nanoTime();
    private boolean refuses;
    private int limit;

    /** Resets connections as soon as they are accepted. */
    void refuse(boolean refuse) {
        refuses = refuse;
    }

    /** At most so many connections an address; 0 is no limit. Those that are there already stay. */
    void limit(int most) {
        limit = most;
    }

    boolean refuses() {
        return refuses;
    }

    boolean isFull(int open) {
        return limit > 0 && open >= limit;
    }

    long millis() {
        return (System.nanoTime() - startedNanos) / 1_000_000;
    }
}
