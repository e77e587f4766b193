package dev.steadymail.testkit.proxy;

import java.util.Objects;

/**
 * Where a fault happens: in one direction of some connections, after so many octets. Octets are counted for each connection and direction as
 * its sender sends them; repeated ones count once.
 *
 * <pre>{@code
 * Place.toClient().on(2).after(100)
 * }</pre>
 *
 * @param direction direction whose octets are counted and concerned
 * @param connections connections concerned, each by itself
 * @param afterBytes octets that pass unharmed first, at least 0; with 0 the fault acts when the target has accepted the connection
 */
public record Place(Direction direction, Connections connections, long afterBytes) {

    public Place {
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(connections, "connections");
        if (afterBytes < 0) {
            throw new IllegalArgumentException("afterBytes must be at least 0, was " + afterBytes);
        }
    }

    /** Returns the beginning of what clients send, on every connection. */
    public static Place toServer() {
        return new Place(Direction.TO_SERVER, Connections.all(), 0);
    }

    /** Returns the beginning of what the target sends, on every connection. */
    public static Place toClient() {
        return new Place(Direction.TO_CLIENT, Connections.all(), 0);
    }

    /** Returns the same place on one connection. */
    public Place on(int connection) {
        return on(Connections.only(connection));
    }

    /** Returns the same place on other connections. */
    public Place on(Connections others) {
        return new Place(direction, others, afterBytes);
    }

    /** Returns the place after so many octets. */
    public Place after(long bytes) {
        return new Place(direction, connections, bytes);
    }

    /** Returns the place in words, such as {@code TO_CLIENT on connection 2 after 100 bytes}. */
    @Override
    public String toString() {
        return direction + " on " + connections + " after " + afterBytes + " bytes";
    }
}
