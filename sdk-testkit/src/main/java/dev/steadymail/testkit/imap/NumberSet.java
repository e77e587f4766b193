package dev.steadymail.testkit.imap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** A set of message numbers as clients write it, such as {@code 1:4,7,10:*} (sequence-set of RFC 3501 section 9). */
record NumberSet(List<Range> ranges) {

    /** Stands for {@code *}, the largest number in use. */
    static final long LARGEST = Long.MAX_VALUE;

    static final NumberSet ALL = new NumberSet(List.of(new Range(1, LARGEST)));

    NumberSet {
        ranges = List.copyOf(ranges);
    }

    /** Two ends in either order; {@link #LARGEST} is resolved only when the mailbox is known. */
    record Range(long first, long last) {
        boolean contains(long number, long largest) {
            long low = Math.min(resolve(first, largest), resolve(last, largest));
            long high = Math.max(resolve(first, largest), resolve(last, largest));
            return low <= number && number <= high;
        }

        private static long resolve(long end, long largest) {
            return end == LARGEST ? largest : end;
        }
    }

    boolean contains(long number, long largest) {
        return ranges.stream().anyMatch(range -> range.contains(number, largest));
    }

    /** Tells whether {@code *} is part of the set. */
    boolean hasLargest() {
        return ranges.stream().anyMatch(range -> range.first() == LARGEST || range.last() == LARGEST);
    }

    /** Returns how many numbers a set without {@code *} holds. */
    long size() {
        return ranges.stream()
                .mapToLong(range -> Math.abs(range.last() - range.first()) + 1)
                .sum();
    }

    /** Returns the first numbers of a set without {@code *}, range by range, each from its lower end. */
    List<Long> first(int count) {
        return ranges.stream()
                .flatMap(range -> LongStream.rangeClosed(
                                Math.min(range.first(), range.last()), Math.max(range.first(), range.last()))
                        .limit(count)
                        .boxed())
                .limit(count)
                .toList();
    }

    /** Returns the highest number written out, or {@code largest} for {@code *}. */
    long highest(long largest) {
        return ranges.stream()
                .mapToLong(
                        range -> Math.max(Range.resolve(range.first(), largest), Range.resolve(range.last(), largest)))
                .max()
                .orElse(0);
    }

    /** Writes numbers, ascending or not, in the shortest form that keeps their order. */
    static String compact(Collection<Long> numbers) {
        List<Range> runs = new ArrayList<>();
        for (long number : numbers) {
            int end = runs.size() - 1;
            if (end >= 0 && runs.get(end).last() + 1 == number) {
                runs.set(end, new Range(runs.get(end).first(), number));
            } else {
                runs.add(new Range(number, number));
            }
        }
        return runs.stream().map(NumberSet::print).collect(Collectors.joining(","));
    }

    private static String print(Range run) {
        return run.first() == run.last() ? Long.toString(run.first()) : run.first() + ":" + run.last();
    }
}
