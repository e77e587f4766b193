package dev.steadymail.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures everything and prints the tables of {@code docs/benchmarks.md} on standard output: rounds alternate between the guard
 * and its peers, and ratios are taken within a round. The first argument says how many rounds, 5 where there is none.
 */
public final class Benchmarks {
    private static final int ROUNDS = 5;

    private Benchmarks() {}

    public static void main(String[] arguments) throws RunnerException, InterruptedException {
        int rounds = arguments.length == 0 ? ROUNDS : Integer.parseInt(arguments[0]);
        System.out.println(machine() + ", " + rounds + " rounds.\n");
        // First, while this process has compiled and opened nothing else.
        System.out.println(Tables.idle());
        System.out.println(Tables.calls(rounds));
        System.out.println(Tables.queue(rounds));
        System.out.println(Tables.gmailAnswers(rounds));
    }

    /** Returns in what surroundings the figures came about: JDK, cores, load of the machine and date. */
    public static String machine() {
        return "JDK " + Runtime.version() + ", " + Runtime.getRuntime().availableProcessors() + " cores, load " + load()
                + ", " + LocalDate.now(java.time.ZoneOffset.UTC);
    }

    private static String load() {
        try {
            return Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
        } catch (IOException notLinux) {
            return "unknown";
        }
    }
}
