package dev.steadymail.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Rows measured one after the other, round after round, so that what else the machine does meets them all alike. Rows are compared
 * within a round. Not thread-safe.
 */
final class Rounds {
    private final Map<Row, List<Row.Score>> scores = new LinkedHashMap<>();

    private Rounds() {}

    /** Runs all rows so many times, which takes some 8 seconds a row and round; says on standard error how far it is. */
    static Rounds run(List<Row> rows, int rounds) throws RunnerException {
        Rounds all = new Rounds();
        for (int round = 1; round <= rounds; round++) {
            System.err.printf("round %d of %d%n", round, rounds);
            for (Row row : rows) {
                Row.Score score = row.run();
                System.err.printf(
                        "  %-40s %d threads: %.1f ns, %.1f B%n",
                        row.title(), row.threads(), score.nanos(), score.bytes());
                all.scores.computeIfAbsent(row, unused -> new ArrayList<>()).add(score);
            }
        }
        return all;
    }

    Spread nanos(Row row) {
        return spread(row, Row.Score::nanos);
    }

    Spread bytes(Row row) {
        return spread(row, Row.Score::bytes);
    }

    /** Returns how much longer a row takes than another, in the same round. */
    Spread ratio(Row row, Row other) {
        List<Row.Score> own = of(row);
        List<Row.Score> others = of(other);
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < own.size(); round++) {
            ratios.add(own.get(round).nanos() / others.get(round).nanos());
        }
        return Spread.of(ratios);
    }

    private Spread spread(Row row, ToDoubleFunction<Row.Score> value) {
        return Spread.of(of(row).stream().mapToDouble(value).boxed().toList());
    }

    private List<Row.Score> of(Row row) {
        List<Row.Score> found = scores.get(row);
        if (found == null) {
            throw new IllegalArgumentException(row.title() + " was not run");
        }
        return found;
    }
}
