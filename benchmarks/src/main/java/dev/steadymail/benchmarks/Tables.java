package dev.steadymail.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;

/** The measured tables as Markdown. */
final class Tables {
    private static final String[] GUARDED = {"guard", "guard, with a quota", "guard, one call has failed before"};
    private static final String[] METHODS = {"guard", "guardMetered", "guardFailedOnce"};
    private static final int[] DEPTHS = {10, 1_000, 20_000};

    private Tables() {}

    /** Measures what guarding a call costs. */
    static String calls(int rounds) throws RunnerException {
        List<Row> peers = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        for (int threads = 1; threads <= 2; threads++) {
            Row peer = new Row("resilience4j, stack of four", "GuardedCall.peer", threads, 0);
            peers.add(peer);
            rows.add(peer);
            for (int i = 0; i < METHODS.length; i++) {
                rows.add(new Row(GUARDED[i], "GuardedCall." + METHODS[i], threads, 0));
            }
        }
        Rounds measured = Rounds.run(rows, rounds);
        String head = head("call", "threads", "ns", "times the stack's", "bytes");
        return head + lines(rows.stream().map(row -> line(row, measured, peers.get(row.threads() - 1))));
    }

    /** Measures what a call costs that has to wait for others. */
    static String queue(int rounds) throws RunnerException {
        List<Row> rows = new ArrayList<>();
        for (int depth : DEPTHS) {
            rows.add(new Row("queue of %,d filled and drained".formatted(depth), "QueuedCall.queued", 1, depth));
        }
        rows.add(new Row("3 in flight, 3 waiting", "WindowedCall.three", 1, 0));
        rows.add(new Row("100 in flight, 100 waiting", "WindowedCall.hundred", 1, 0));
        Rounds measured = Rounds.run(rows, rounds);
        Row shortest = rows.get(0);
        String head = head("call", "threads", "ns", "times the shortest queue's", "bytes");
        return head + lines(rows.stream().map(row -> line(row, measured, shortest)));
    }

    /** Measures what reading an answer of Gmail's costs. */
    static String gmailAnswers(int rounds) throws RunnerException {
        List<Row> rows = new ArrayList<>();
        for (String what : List.of("metadata", "full")) {
            rows.add(new Row(what + ", Google's parser", "gmail.MessageParse." + what + "ByGson", 1, 0));
            rows.add(new Row(what, "gmail.MessageParse." + what, 1, 0));
        }
        Rounds measured = Rounds.run(rows, rounds);
        String head = head("answer", "threads", "ns", "times Google's parser's", "bytes");
        return head + lines(rows.stream().map(row -> line(row, measured, rows.get(rows.indexOf(row) / 2 * 2))));
    }

    /** Measures what accounts cost that do nothing. */
    static String idle() throws InterruptedException {
        IdleCpu cpu = IdleCpu.measure();
        String head =
                head("idle account", "heap, bytes", "objects by JOL, bytes", "timers of 10,000", "threads of 10,000");
        return head
                + lines(Idle.ALL.stream().map(Tables::line))
                + "\nProcessor time in " + IdleCpu.WATCHED.toSeconds() + " s: "
                + cpu.without().toMillis() + " ms without accounts, "
                + cpu.with().toMillis() + " ms with 10,000.\n";
    }

    private static String line(Idle idle) {
        Footprint measured = idle.measure();
        return "| %s | %,.0f | %,.0f | %d | %d |"
                .formatted(
                        idle.title(),
                        measured.heapBytes(),
                        measured.reachableBytes(),
                        measured.timers(),
                        measured.threads());
    }

    private static String line(Row row, Rounds measured, Row base) {
        String ratio = row.equals(base) ? "1" : measured.ratio(row, base).text(2);
        return "| %s | %d | %s | %s | %s |"
                .formatted(
                        row.title(),
                        row.threads(),
                        measured.nanos(row).text(0),
                        ratio,
                        measured.bytes(row).text(0));
    }

    private static String head(String... columns) {
        return "| " + String.join(" | ", columns) + " |\n" + "|---".repeat(columns.length) + "|\n";
    }

    private static String lines(Stream<String> lines) {
        return String.join("\n", lines.toList()) + "\n";
    }
}
