package dev.steadymail.imap.redact;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.imap.codec.CodecLimits;
import dev.steadymail.imap.codec.ResponseReader;
import dev.steadymail.imap.codec.ResponseTap;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** What real servers have sent, recorded by others, gives lines of the vocabulary only. */
@EnabledIfEnvironmentVariable(named = "STEADYMAIL_SHARED", matches = ".+")
class RecordedRedactionTest implements ResponseTap {
    private int lines;

    @Test
    void recordedResponses_giveKnownWordsOnly() throws IOException {
        for (Path file : files()) {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            byte[] octets = text.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
            new ResponseReader(CodecLimits.DEFAULTS, response -> {}, this).feed(ByteBuffer.wrap(octets));
        }
        assertTrue(lines > 250, lines + " lines");
    }

    private static List<Path> files() throws IOException {
        Path root = Path.of(System.getenv("STEADYMAIL_SHARED"), "corpus", "imap-responses");
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public void heard(byte[] octets, int length, IntPredicate streamed) {
        lines++;
        String line = ResponseRedactor.line(octets, length, streamed, false);
        assertTrue(line.length() <= 200, line);
        KnownOnly.require(line);
    }
}
