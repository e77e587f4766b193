package dev.steadymail.benchmarks.store;

import dev.steadymail.benchmarks.Benchmarks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Measures the mirror's state on files and in SQLite, and prints a table. Arguments: how many emails, how many emails a page, how many
 * rounds, how many later runs. A round is a first sync with each store and then the later runs with each, in turn, each in a JVM of its own;
 * everything is in a new folder below the system's temporary one, deleted at the end.
 */
public final class StoreComparison {
    private final int emails;
    private final int pageSize;
    private final int laterRuns;
    private final Scores scores = new Scores();

    private StoreComparison(int emails, int pageSize, int laterRuns) {
        this.emails = emails;
        this.pageSize = pageSize;
        this.laterRuns = laterRuns;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 4) {
            throw new IllegalArgumentException("name four numbers: emails, emails a page, rounds, later runs");
        }
        int[] numbers = Stream.of(arguments).mapToInt(Integer::parseInt).toArray();
        int rounds = numbers[2];
        StoreComparison comparison = new StoreComparison(numbers[0], numbers[1], numbers[3]);
        System.out.println(Benchmarks.machine() + ", " + rounds + " rounds, " + numbers[1] + " emails a page.\n");
        for (int round = 1; round <= rounds; round++) {
            System.err.printf("round %d of %d%n", round, rounds);
            comparison.round();
        }
        System.out.println(comparison.table());
    }

    private String table() {
        return scores.table("%,d emails".formatted(emails));
    }

    private void round() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("steadymail-stores-");
        try {
            for (Contestant contestant : Contestant.values()) {
                Files.createDirectory(folder.resolve(contestant.name()));
                run(contestant, folder, "first", pageSize);
            }
            for (int before = 0; before < laterRuns; before++) {
                for (Contestant contestant : Contestant.values()) {
                    run(contestant, folder, "later", before);
                }
            }
        } finally {
            delete(folder);
        }
    }

    /** The flags are those of {@code bin/steadymail}. */
    private void run(Contestant contestant, Path folder, String what, int number)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "-Dslf4j.internal.verbosity=ERROR",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreRun.class.getName(),
                        contestant.name(),
                        folder.resolve(contestant.name()).toString(),
                        Integer.toString(emails),
                        what,
                        Integer.toString(number))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("a run with " + contestant + " failed");
        }
        System.err.println("  " + contestant + " " + what + ": " + said.strip().replace("\n", ", "));
        said.lines()
                .map(line -> line.split(" ", 2))
                .forEach(figure -> scores.add(contestant, Measure.valueOf(figure[0]), Double.parseDouble(figure[1])));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
    }
}
