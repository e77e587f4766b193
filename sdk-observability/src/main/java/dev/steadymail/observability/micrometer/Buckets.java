package dev.steadymail.observability.micrometer;

import java.time.Duration;
import java.util.List;

/** The bounds by which times are counted, so that percentiles can be computed from the counts of many processes. */
record Buckets(List<Duration> requests, List<Duration> syncs) {
    static final int MOST = 20;

    static final Buckets STANDARD = new Buckets(
            List.of(
                    Duration.ofMillis(25),
                    Duration.ofMillis(50),
                    Duration.ofMillis(100),
                    Duration.ofMillis(250),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(2_500),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(15),
                    Duration.ofSeconds(60)),
            List.of(
                    Duration.ofMillis(100),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(15),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    Duration.ofMinutes(15),
                    Duration.ofHours(1)));

    Buckets {
        requests = checked(requests);
        syncs = checked(syncs);
    }

    List<Duration> of(Metric metric) {
        return switch (metric) {
            case REQUESTS -> requests;
            case SYNCS -> syncs;
            default -> List.of();
        };
    }

    private static List<Duration> checked(List<Duration> bounds) {
        if (bounds.size() > MOST) {
            throw new IllegalArgumentException("at most " + MOST + " buckets, were " + bounds.size());
        }
        Duration before = Duration.ZERO;
        for (Duration bound : bounds) {
            if (bound.compareTo(before) <= 0) {
                throw new IllegalArgumentException(
                        "buckets are positive and ascend, was " + bound + " after " + before);
            }
            before = bound;
        }
        return List.copyOf(bounds);
    }
}
