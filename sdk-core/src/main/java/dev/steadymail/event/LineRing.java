package dev.steadymail.event;

import dev.steadymail.event.ProtocolLog.Line;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last lines of a log. Thread-safe: everything is guarded by this object, and nothing is waited for under it. */
final class LineRing {
    private final int most;
    private final Deque<Line> lines = new ArrayDeque<>();
    private long dropped;

    LineRing(int most) {
        this.most = most;
    }

    synchronized void add(Line line) {
        if (lines.size() == most) {
            lines.remove();
            dropped++;
        }
        lines.add(line);
    }

    synchronized List<Line> lines() {
        return List.copyOf(lines);
    }

    synchronized void clear() {
        lines.clear();
        dropped = 0;
    }

    synchronized long dropped() {
        return dropped;
    }
}
