package dev.steadymail.benchmarks.cache;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One line of a trace.
 *
 * @param millis since the day began
 * @param account whose
 * @param op what happened
 * @param number the email's, or the page's of a list; 0 where there is none
 */
record Step(long millis, int account, Op op, int number) {
    private static final int COLUMNS = 4;

    /** What happens in a trace. */
    enum Op {
        MAILBOXES,
        LIST,
        OPEN,
        THREAD,
        WRITE,
        ARRIVE,
        REMOTE
    }

    static List<Step> read(Path trace) throws IOException {
        try (Stream<String> lines = Files.lines(trace, StandardCharsets.US_ASCII)) {
            return lines.skip(1).map(Step::parse).toList();
        }
    }

    private static Step parse(String line) {
        String[] columns = line.split("\t", -1);
        if (columns.length != COLUMNS) {
            throw new IllegalArgumentException("a line of a trace has " + COLUMNS + " columns, had " + columns.length);
        }
        String key = columns[3];
        String number = key.equals("-") ? "0" : key.substring(key.indexOf(':') + 1);
        return new Step(
                Long.parseLong(columns[0]),
                Integer.parseInt(columns[1]),
                Op.valueOf(columns[2].toUpperCase(Locale.ROOT)),
                Integer.parseInt(number));
    }
}
