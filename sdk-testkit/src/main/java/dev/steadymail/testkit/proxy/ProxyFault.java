package dev.steadymail.testkit.proxy;

import java.time.Duration;
import java.util.Objects;

/**
 * Something that a {@link FaultProxy} does wrong on purpose. Faults are values; equal ones are counted as one in {@link ProxyCounts}.
 *
 * <p>A fault whose octets have passed when it is added acts at once, except {@link FlipBit} and {@link Duplicate}, which have then missed
 * their occasion. Each acts once on a connection. What is behind an end ({@link Reset}, {@link Cut}, {@link HalfClose}, {@link BlackHole})
 * in the same direction never happens. Ends keep their place: what passed before is delivered first, with its latency and at its pace.
 */
public sealed interface ProxyFault {

    /** Returns the connections that this fault concerns. */
    Connections connections();

    /** A fault that happens at a place in what is sent. */
    sealed interface OnStream extends ProxyFault {

        /** Returns where it happens. */
        Place place();

        @Override
        default Connections connections() {
            return place().connections();
        }
    }

    /**
     * Resets the connection as soon as it has been accepted; the target is not asked. The client sees a connection that is reset, mostly
     * right after it was established, and not "connection refused": the listening socket stays open for others.
     */
    record Refuse(Connections connections) implements ProxyFault {
        public Refuse {
            Objects.requireNonNull(connections, "connections");
        }
    }

    /**
     * Delivers everything from the place on later by a one-way latency, ends included. Octets under way wait side by side, as on a long
     * line, up to the proxy's buffer. A later delay at the same direction replaces an earlier one; the order of octets never changes.
     *
     * @param latency at least zero, at most 24 hours; what is delivered may be later, never earlier
     */
    record Delay(Place place, Duration latency) implements OnStream {

        private static final Duration LONGEST = Duration.ofHours(24);

        public Delay {
            Objects.requireNonNull(place, "place");
            if (latency.isNegative() || latency.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("latency must be between 0 and 24 hours, was " + latency);
            }
        }
    }

    /**
     * Delivers so many octets in a second at most from the place on, as an average: what belongs to a tenth of a second may go at once,
     * and one octet always may. A later throttle at the same direction replaces an earlier one.
     *
     * @param bytesPerSecond at least 1
     */
    record Throttle(Place place, int bytesPerSecond) implements OnStream {
        public Throttle {
            Objects.requireNonNull(place, "place");
            requireBetween("bytesPerSecond", bytesPerSecond, 1, Integer.MAX_VALUE);
        }
    }

    /** Writes every octet by itself from the place on, without waiting for more (Nagle's algorithm is off). */
    record OneByteWrites(Place place) implements OnStream {
        public OneByteWrites {
            Objects.requireNonNull(place, "place");
        }
    }

    /**
     * Sends a range of octets twice, the second time right behind the first. Nothing is repeated of a range that does not become whole.
     *
     * @param place where the range begins
     * @param length octets of the range, from 1 to 65,536
     */
    record Duplicate(Place place, int length) implements OnStream {

        private static final int LONGEST = 65_536;

        public Duplicate {
            Objects.requireNonNull(place, "place");
            requireBetween("length", length, 1, LONGEST);
        }
    }

    /**
     * Inverts one bit of the octet behind the place: after 0 bytes means the first octet.
     *
     * @param bit from 0, the lowest, to 7
     */
    record FlipBit(Place place, int bit) implements OnStream {
        public FlipBit {
            Objects.requireNonNull(place, "place");
            requireBetween("bit", bit, 0, 7);
        }
    }

    /**
     * Resets the connection (RST) towards both peers. What the receiver has not taken by then may be lost, as on any reset, so that it
     * gets at most the octets before the place.
     */
    record Reset(Place place) implements OnStream {
        public Reset {
            Objects.requireNonNull(place, "place");
        }
    }

    /**
     * Ends the connection in good order (FIN) towards both peers. Octets under way in the other direction are lost. Peers that do not close
     * their side have a second, during which what they send is dropped.
     */
    record Cut(Place place) implements OnStream {
        public Cut {
            Objects.requireNonNull(place, "place");
        }
    }

    /** Ends one direction (FIN to its receiver); what its sender sends later is dropped, and the other direction goes on. */
    record HalfClose(Place place) implements OnStream {
        public HalfClose {
            Objects.requireNonNull(place, "place");
        }
    }

    /**
     * Drops everything from the place on in this direction, a close or reset of the sender included, while the connection stays open. Add
     * one for each direction to have a peer that is gone without a word.
     */
    record BlackHole(Place place) implements OnStream {
        public BlackHole {
            Objects.requireNonNull(place, "place");
        }
    }

    private static void requireBetween(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be between " + least + " and " + most + ", was " + value);
        }
    }
}
