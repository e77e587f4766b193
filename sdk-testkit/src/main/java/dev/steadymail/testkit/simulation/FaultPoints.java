package dev.steadymail.testkit.simulation;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** The places where something can go wrong, by name. Belongs to one thread. */
final class FaultPoints {
    private final Map<String, FaultPoint> points = new TreeMap<>();
    private final Function<String, Choices> streams;

    /** Starts with none; each point takes the stream of its name. */
    FaultPoints(Function<String, Choices> streams) {
        this.streams = streams;
    }

    boolean happens(String point, double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    "probability of " + point + " must be between 0 and 1, was " + probability);
        }
        return points.computeIfAbsent(point, fresh -> new FaultPoint(streams.apply(fresh)))
                .happens(probability);
    }

    Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        points.forEach((point, fault) -> counts.put(point, fault.happened()));
        return counts;
    }
}
