package dev.steadymail.imap.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * What real servers have sent, recorded by others: every response is read or reported, and none is lost. The folder that
 * {@code STEADYMAIL_SHARED} names has them under {@code corpus/imap-responses}.
 */
@EnabledIfEnvironmentVariable(named = "STEADYMAIL_SHARED", matches = ".+")
class RecordedResponsesTest {
    private static final int LONGEST_TO_SPLIT = 6_000;
    private final Map<String, List<String>> reported = new TreeMap<>();
    private int files;
    private int responses;

    @Test
    void recordedResponses_areReadOrReported_inAnyPieces() throws IOException {
        for (Path file : files("mailkit")) {
            read(file, Files.readString(file, StandardCharsets.ISO_8859_1));
        }
        assertEquals(274, files, "files");
        assertReported(Map.of(
                // The recording has fewer octets than the literal that it announces.
                "headers-1-unsolicited-info.txt",
                List.of("the name of an item is missing", "a word is missing"),
                // A response code without the response around it.
                "issue115.txt",
                List.of("neither OK, NO nor BAD")));
    }

    @Test
    void scripts_areReadOrReported() throws IOException {
        for (Path file : files("imaptest")) {
            read(file, responsesOf(file, "", "* "));
        }
        for (Path file : files("james-mpt")) {
            read(file, responsesOf(file, "S: ", "\\* "));
        }
        assertTrue(files > 200, files + " files");
        assertTrue(responses > 1_000, responses + " responses");
    }

    private void assertReported(Map<String, List<String>> expected) {
        assertEquals(expected, reported, "of " + responses + " responses in " + files + " files");
    }

    private void read(Path file, String text) {
        byte[] octets = text.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        Transcript whole = Transcript.of(octets);
        files++;
        responses += whole.responses.size();
        for (Response response : whole.responses) {
            if (response instanceof Response.Unreadable unreadable) {
                reported.computeIfAbsent(file.getFileName().toString(), unused -> new ArrayList<>())
                        .add(unreadable.reason());
            }
        }
        assertEquals(
                whole.whole(), Transcript.of(octets, CodecLimits.DEFAULTS, 1).whole(), file::toString);
        for (int cut = 1; cut < octets.length && octets.length < LONGEST_TO_SPLIT; cut += 1 + octets.length / 20) {
            assertEquals(
                    whole.whole(),
                    Transcript.of(octets, CodecLimits.DEFAULTS, cut, octets.length)
                            .whole(),
                    file + " cut after " + cut);
        }
    }

    /** The responses of a script, one a line; those of James are patterns, in which a backslash takes a sign's meaning away. */
    private static String responsesOf(Path file, String prefix, String response) throws IOException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith(prefix + response) && !line.contains("{"))
                    .map(line -> line.substring(prefix.length()))
                    .map(line -> prefix.isEmpty() ? line : line.replaceAll("\\\\(.)", "$1"))
                    .map(line -> line + "\n")
                    .collect(Collectors.joining());
        }
    }

    private static List<Path> files(String folder) throws IOException {
        Path root = Path.of(System.getenv("STEADYMAIL_SHARED"), "corpus", "imap-responses", folder);
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
