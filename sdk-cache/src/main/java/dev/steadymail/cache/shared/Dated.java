package dev.steadymail.cache.shared;

import java.time.Duration;

/**
 * A value that may have changed since it was read.
 *
 * @param octets not to be written to
 * @param position where its reading began, see {@link Begun#position}
 * @param age how long ago its reading began, by the level's own clock, not less than zero
 */
public record Dated(byte[] octets, long position, Duration age) {
    @Override
    public String toString() {
        return "Dated[" + octets.length + " octets, age=" + age + "]";
    }
}
