package dev.steadymail.testkit.sync;

import java.util.ArrayDeque;
import java.util.Deque;

/** What happened under a seed, for whoever reads a failure. Thread-safe. */
final class SyncStory {
    private static final int MOST = 60;

    private final Deque<String> lines = new ArrayDeque<>();

    synchronized void tell(String line) {
        if (lines.size() == MOST) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }

    @Override
    public synchronized String toString() {
        return String.join("\n    ", lines);
    }
}
