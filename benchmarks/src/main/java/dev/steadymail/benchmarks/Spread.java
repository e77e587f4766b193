package dev.steadymail.benchmarks;

import java.util.Collection;
import java.util.Locale;

/**
 * Where measured values lie.
 *
 * @param least the smallest
 * @param median half are at most this
 * @param greatest the largest
 */
public record Spread(double least, double median, double greatest) {
    /** Returns the spread of values, of which there is at least one. */
    public static Spread of(Collection<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(sorted[0], median, sorted[sorted.length - 1]);
    }

    /** Returns the median and, in brackets, the bounds, with so many decimals. */
    public String text(int decimals) {
        String number = "%,." + decimals + "f";
        return String.format(Locale.ROOT, number + " (" + number + " to " + number + ")", median, least, greatest);
    }
}
