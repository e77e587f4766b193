package dev.steadymail.benchmarks.gmail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads 500 messages' metadata once for each line on standard input, which names who is to do it, and answers with one line of JSON.
 * Argument: the port of a {@link SlowServer}. Contestants keep their connections from run to run.
 */
public final class GmailSpeed {
    private static final List<String> IDS =
            IntStream.range(0, 500).mapToObj(Answers::id).toList();

    private GmailSpeed() {}

    public static void main(String[] arguments) throws Exception {
        String root = "http://127.0.0.1:" + Integer.parseInt(arguments[0]) + "/";
        try (Contestants contestants = new Contestants(root)) {
            var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                System.out.println(run(contestants.named(line.strip())));
            }
        }
    }

    private static String run(Reader reader) throws Exception {
        long started = System.nanoTime();
        int read = reader.read(IDS);
        double seconds = (System.nanoTime() - started) / 1e9;
        return "{\"seconds\": " + seconds + ", \"messages\": " + read + "}";
    }

    /** Reads messages, and returns how many it read. */
    @FunctionalInterface
    interface Reader {
        int read(List<String> ids) throws IOException, InterruptedException;
    }
}
