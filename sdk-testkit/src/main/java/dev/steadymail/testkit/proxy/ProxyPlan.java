package dev.steadymail.testkit.proxy;

import dev.steadymail.testkit.proxy.ProxyFault.BlackHole;
import dev.steadymail.testkit.proxy.ProxyFault.Cut;
import dev.steadymail.testkit.proxy.ProxyFault.Delay;
import dev.steadymail.testkit.proxy.ProxyFault.Duplicate;
import dev.steadymail.testkit.proxy.ProxyFault.FlipBit;
import dev.steadymail.testkit.proxy.ProxyFault.HalfClose;
import dev.steadymail.testkit.proxy.ProxyFault.OneByteWrites;
import dev.steadymail.testkit.proxy.ProxyFault.Refuse;
import dev.steadymail.testkit.proxy.ProxyFault.Reset;
import dev.steadymail.testkit.proxy.ProxyFault.Throttle;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Faults derived from a seed. Equal arguments give equal faults on every JDK; {@code toString()} names the seed and each fault, for the
 * message of a test that fails.
 *
 * @param seed what the faults were derived from
 * @param faults the faults, in the order drawn
 */
public record ProxyPlan(long seed, List<ProxyFault> faults) {

    private static final long GAMMA = 0x9E3779B97F4A7C15L;
    private static final int KINDS = 10;
    private static final int LONGEST_LATENCY_MILLIS = 50;
    private static final int SLOWEST_BYTES_PER_SECOND = 10_000;
    private static final int LONGEST_RANGE = 64;
    private static final int BITS = 8;

    public ProxyPlan {
        faults = List.copyOf(faults);
    }

    /**
     * Returns a plan of faults of every kind, each on one connection. Latencies are at most 50 milliseconds, throttles at least 10,000 bytes
     * a second.
     *
     * @param seed any number
     * @param faults how many faults, at least 0
     * @param connections highest connection number used, at least 1
     * @param bytes every place is before so many octets, at least 1
     */
    public static ProxyPlan random(long seed, int faults, int connections, int bytes) {
        if (faults < 0 || connections < 1 || bytes < 1) {
            throw new IllegalArgumentException("faults must be at least 0, connections and bytes at least 1, were "
                    + faults + ", " + connections + " and " + bytes);
        }
        // Random's algorithm is part of its specification. Neighbouring seeds begin alike, hence the multiplication.
        Random random = new Random(seed * GAMMA);
        List<ProxyFault> drawn = Stream.generate(() -> draw(random, connections, bytes))
                .limit(faults)
                .collect(Collectors.toUnmodifiableList());
        return new ProxyPlan(seed, drawn);
    }

    private static ProxyFault draw(Random random, int connections, int bytes) {
        Direction direction = random.nextBoolean() ? Direction.TO_SERVER : Direction.TO_CLIENT;
        Connections connection = Connections.only(1 + random.nextInt(connections));
        return draw(random, new Place(direction, connection, random.nextInt(bytes)));
    }

    private static ProxyFault draw(Random random, Place place) {
        return switch (random.nextInt(KINDS)) {
            case 0 -> new Refuse(place.connections());
            case 1 -> new Delay(place, Duration.ofMillis(1L + random.nextInt(LONGEST_LATENCY_MILLIS)));
            case 2 -> new Throttle(place, SLOWEST_BYTES_PER_SECOND * (1 + random.nextInt(10)));
            case 3 -> new OneByteWrites(place);
            case 4 -> new Duplicate(place, 1 + random.nextInt(LONGEST_RANGE));
            case 5 -> new FlipBit(place, random.nextInt(BITS));
            case 6 -> new Reset(place);
            case 7 -> new Cut(place);
            case 8 -> new HalfClose(place);
            default -> new BlackHole(place);
        };
    }

    /** Returns the seed and the faults, one a line. */
    @Override
    public String toString() {
        return faults.stream().map(fault -> "\n  " + fault).collect(Collectors.joining("", "plan of seed " + seed, ""));
    }
}
