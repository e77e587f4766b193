package dev.steadymail.benchmarks.imap;

import dev.steadymail.mail.FetchLevel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Does one run for each line on standard input and answers with one line of JSON, so that whoever asks decides what alternates with what.
 * Arguments: port, user, and a PEM file where TLS is wanted. The password is in {@code STEADYMAIL_PASSWORD}.
 *
 * <pre>
 * metadata raw          one run of a contestant: metadata or bodies; raw, angus or steadymail
 * sync state DIR        one sync at a level (state, metadata, structure) of the state in a folder
 * sync structure DIR 20 the same through a proxy with a latency of 20 ms each way; 0 for none
 * </pre>
 */
public final class ImapSpeed {
    private final Endpoint endpoint;
    private final Steadymail steadymail;

    private ImapSpeed(Endpoint endpoint, Steadymail steadymail) {
        this.endpoint = endpoint;
        this.steadymail = steadymail;
    }

    public static void main(String[] arguments) throws Exception {
        Path certificate = arguments.length > 2 ? Path.of(arguments[2]) : null;
        String password = System.getenv("STEADYMAIL_PASSWORD");
        if (password == null) {
            throw new IllegalArgumentException("STEADYMAIL_PASSWORD is not set");
        }
        Endpoint endpoint = new Endpoint(Integer.parseInt(arguments[0]), arguments[1], password, certificate);
        try (Steadymail steadymail = new Steadymail()) {
            new ImapSpeed(endpoint, steadymail).answerAll();
        }
    }

    private void answerAll() throws Exception {
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println(answer(line.split(" ", -1)).json());
        }
    }

    private Figures answer(String[] words) throws Exception {
        if (!words[0].equals("sync")) {
            try (Contestant contestant = contestant(words[1])) {
                return Meter.measure(contestant, Task.valueOf(words[0].toUpperCase(Locale.ROOT)));
            }
        }
        SyncRun sync = new SyncRun(steadymail, endpoint);
        FetchLevel level = FetchLevel.valueOf(words[1].toUpperCase(Locale.ROOT));
        Path folder = Path.of(words[2]);
        return words.length == 3
                ? sync.run(level, folder)
                : sync.run(level, folder, Duration.ofMillis(Long.parseLong(words[3])));
    }

    private Contestant contestant(String name) throws IOException {
        return switch (name) {
            case "raw" -> new RawReader(endpoint);
            case "angus" -> new AngusReader(endpoint);
            case "steadymail" -> new SteadymailReader(steadymail, endpoint);
            default -> throw new IOException("there is no contestant " + name);
        };
    }
}
