package dev.steadymail.benchmarks.store;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;

/**
 * One run with one store, in a JVM of its own; started by {@link StoreComparison}. Arguments: store, folder, emails, and
 * {@code first} with a page size or {@code later} with the number of runs before. Prints one line for each measure.
 */
public final class StoreRun {
    private StoreRun() {}

    public static void main(String[] arguments) throws SQLException, IOException {
        Contestant contestant = Contestant.valueOf(arguments[0]);
        Path folder = Path.of(arguments[1]);
        int emails = Integer.parseInt(arguments[2]);
        int number = Integer.parseInt(arguments[4]);
        Map<Measure, Double> figures = arguments[3].equals("first")
                ? new FirstSync(emails, number).run(contestant, folder)
                : new LaterRun(emails, number).run(contestant, folder);
        figures.forEach((measure, value) -> System.out.println(measure + " " + value));
    }
}
