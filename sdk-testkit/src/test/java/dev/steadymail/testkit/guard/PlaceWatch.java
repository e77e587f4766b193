package dev.steadymail.testkit.guard;

import dev.steadymail.guard.Cancellation;
import java.util.ArrayList;
import java.util.List;

/** Which attempts of one account hold a place: those that have started and neither ended nor been broken. Thread-safe. */
final class PlaceWatch {
    private final int places;
    private final List<Cancellation> holders = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private long started;

    PlaceWatch(int places) {
        this.places = places;
    }

    /** A broken attempt has lost its place before another can have it, so those left here hold theirs at the same time. */
    synchronized void start(Cancellation attempt) {
        started++;
        holders.add(attempt);
        holders.removeIf(Cancellation::isCancelled);
        if (holders.size() > places) {
            violations.add(holders.size() + " in flight, limit " + places + ", after " + started + " starts");
        }
    }

    /** Called before the guard can learn of it. */
    synchronized void end(Cancellation attempt) {
        holders.remove(attempt);
    }

    synchronized long started() {
        return started;
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }
}
