package dev.steadymail.testkit.proxy;

/**
 * A range of connection numbers. The proxy numbers connections from 1 in the order in which it accepts them; refused ones have a number too.
 *
 * @param first first number concerned, at least 1
 * @param last last number concerned, at least {@code first}
 */
public record Connections(int first, int last) {

    public Connections {
        if (first < 1) {
            throw new IllegalArgumentException("first must be at least 1, was " + first);
        }
        if (last < first) {
            throw new IllegalArgumentException("last must be at least first, was " + last + " after " + first);
        }
    }

    /** Returns the range of every connection. */
    public static Connections all() {
        return from(1);
    }

    /** Returns the range of one connection. */
    public static Connections only(int number) {
        return new Connections(number, number);
    }

    /** Returns the range of a connection and every later one. */
    public static Connections from(int first) {
        return new Connections(first, Integer.MAX_VALUE);
    }

    /** Tells whether a connection is in the range. */
    public boolean includes(int number) {
        return first <= number && number <= last;
    }

    /** Returns the range in words, such as {@code connection 2}. */
    @Override
    public String toString() {
        if (first == last) {
            return "connection " + first;
        }
        if (last < Integer.MAX_VALUE) {
            return "connections " + first + " to " + last;
        }
        return first == 1 ? "all connections" : "connections from " + first;
    }
}
