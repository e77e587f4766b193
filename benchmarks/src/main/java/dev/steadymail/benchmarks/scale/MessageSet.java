package dev.steadymail.benchmarks.scale;

import java.util.stream.IntStream;

/** A set of message numbers such as {@code 1:3,7,9:*} (RFC 3501 section 9, sequence-set), against a mailbox of so many messages. */
final class MessageSet {
    private MessageSet() {}

    /**
     * Returns the numbers of the set that exist, in ascending order.
     *
     * @throws NumberFormatException if the text is no set
     */
    static IntStream existing(String set, int last) {
        IntStream found = IntStream.empty();
        for (String range : set.split(",", -1)) {
            int colon = range.indexOf(':');
            long first = number(colon < 0 ? range : range.substring(0, colon), last);
            long second = colon < 0 ? first : number(range.substring(colon + 1), last);
            int from = (int) Math.max(1, Math.min(first, second));
            int to = (int) Math.min(last, Math.max(first, second));
            found = IntStream.concat(found, IntStream.rangeClosed(from, to));
        }
        return found.sorted().distinct();
    }

    private static long number(String text, int last) {
        return text.equals("*") ? last : Long.parseLong(text);
    }
}
