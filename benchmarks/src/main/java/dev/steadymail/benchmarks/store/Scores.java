package dev.steadymail.benchmarks.store;

import dev.steadymail.benchmarks.Spread;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the runs gave, both stores in turn, so that the values of one turn are at the same place of their lists. Not thread-safe. */
final class Scores {
    private final Map<Measure, Map<Contestant, List<Double>>> values = new EnumMap<>(Measure.class);

    void add(Contestant contestant, Measure measure, double value) {
        values.computeIfAbsent(measure, unused -> new EnumMap<>(Contestant.class))
                .computeIfAbsent(contestant, unused -> new ArrayList<>())
                .add(value);
    }

    /** Returns a Markdown table of medians with least and greatest; the ratio is taken within a turn. */
    String table(String title) {
        StringBuilder table =
                new StringBuilder("| " + title + " | files | SQLite | times the files' |\n|---|---|---|---|\n");
        values.forEach((measure, stores) ->
                table.append(line(measure, of(stores, Contestant.FILES), of(stores, Contestant.SQLITE))));
        return table.toString();
    }

    private static List<Double> of(Map<Contestant, List<Double>> stores, Contestant contestant) {
        return stores.getOrDefault(contestant, List.of());
    }

    private static String line(Measure measure, List<Double> files, List<Double> sqlite) {
        List<Double> ratios = new ArrayList<>();
        for (int turn = 0; turn < files.size(); turn++) {
            ratios.add(sqlite.get(turn) / files.get(turn));
        }
        return "| %s | %s | %s | %s |%n"
                .formatted(
                        measure.title(),
                        Spread.of(files).text(measure.decimals()),
                        Spread.of(sqlite).text(measure.decimals()),
                        Spread.of(ratios).text(2));
    }
}
