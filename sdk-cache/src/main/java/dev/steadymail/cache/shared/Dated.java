package dev.steadymail.cache.shared;

import java.time.Duration;

/** A value that may have changed since it was read. Immutable as long as nobody writes to its octets. */
public final class Dated {
    private final byte[] octets;
    private final long position;
    private final Duration age;

    /**
     * @param octets not to be written to
     * @param position where its reading began, see {@link Begun#position}
     * @param age how long ago its reading began, by the level's own clock, not less than zero
     */
    public Dated(byte[] octets, long position, Duration age) {
        this.octets = octets;
        this.position = position;
        this.age = age;
    }

    /** Returns the value, not to be written to. */
    public byte[] octets() {
        return octets;
    }

    /** Returns where its reading began, see {@link Begun#position}. */
    public long position() {
        return position;
    }

    /** Returns how long ago its reading began, by the level's own clock. */
    public Duration age() {
        return age;
    }

    @Override
    public String toString() {
        return "Dated[" + octets.length + " octets, age=" + age + "]";
    }
}
