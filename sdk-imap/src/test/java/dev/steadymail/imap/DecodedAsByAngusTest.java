package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.imap.codec.FetchData;
import dev.steadymail.imap.codec.RecordedFetch;
import dev.steadymail.imap.codec.Shown;
import dev.steadymail.imap.decode.EnvelopeDecoder;
import dev.steadymail.imap.decode.KeywordNames;
import dev.steadymail.imap.decode.StructureDecoder;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetHeaders;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.eclipse.angus.mail.imap.protocol.BODYSTRUCTURE;
import org.eclipse.angus.mail.imap.protocol.ENVELOPE;
import org.eclipse.angus.mail.imap.protocol.FLAGS;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * What users see of a message is the same, field by field, whether the codec or Angus Mail read it. Where it is not, Angus is less right;
 * the tests of package {@code decode} say what is expected there:
 * <ul>
 *   <li>names of people were decoded twice, and text in a charset that was stated was read as UTF-8 once more where it could be;
 *   <li>of {@code filename} and {@code filename*} the later one was taken, not the one with the charset;
 *   <li>a parameter in an unknown charset was left as it was, and pieces that begin without a charset were cut;
 *   <li>Message-ID, In-Reply-To, charset and keywords kept octets of UTF-8 as Latin-1;
 *   <li>system flags were told apart by their first letters.
 * </ul>
 */
class DecodedAsByAngusTest {
    private final Map<String, List<String>> differences = new TreeMap<>();
    private int compared;

    @Test
    @EnabledIfEnvironmentVariable(named = "STEADYMAIL_SHARED", matches = ".+")
    void recordedResponses() throws IOException {
        for (RecordedFetch recorded : RecordedFetch.all()) {
            compare(recorded);
        }
        assertTrue(compared >= 140, compared + " fields");
        assertEquals("", shown());
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "STEADYMAIL_SHARED", matches = ".+")
    void recordedHeaders() throws IOException, MessagingException {
        Path root = Path.of(System.getenv("STEADYMAIL_SHARED"), "corpus");
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".eml"))
                    .sorted()
                    .toList()) {
                byte[] octets = Files.readAllBytes(file);
                compare(
                        file.getFileName().toString(),
                        EnvelopeDecoder.decode(octets),
                        AngusEnvelopeDecoder.decode(new InternetHeaders(new ByteArrayInputStream(octets))));
            }
        }
        assertTrue(compared >= 500, compared + " headers");
        // A name whose encoded words hold encoded words was decoded twice, once by Angus and once after it.
        differences.remove("enmime-qp-utf8-header-recursed.eml");
        assertEquals("", shown());
    }

    @Test
    void oddForms() {
        for (String line : OddFetches.LIKE_ANGUS) {
            int before = compared;
            RecordedFetch.in(line, "* 1 FETCH (UID 4 " + line + ")\r\n").forEach(this::compare);
            assertEquals(before + 1, compared, line);
        }
        assertEquals("", shown());
    }

    private void compare(RecordedFetch recorded) {
        FetchResponse angus = recorded.angus();
        FetchData data = recorded.data();
        if (angus == null || data == null) {
            return;
        }
        ENVELOPE envelope = angus.getItem(ENVELOPE.class);
        if (envelope != null && data.envelope() != null) {
            compare(recorded.file(), EnvelopeDecoder.decode(data.envelope()), AngusEnvelopeDecoder.decode(envelope));
        }
        BODYSTRUCTURE structure = angus.getItem(BODYSTRUCTURE.class);
        if (structure != null && data.structure() != null) {
            compare(
                    recorded.file(),
                    StructureDecoder.decode(data.structure()),
                    AngusStructureDecoder.decode(structure));
        }
        FLAGS flags = angus.getItem(FLAGS.class);
        if (flags != null && data.flags() != null) {
            compare(recorded.file(), KeywordNames.keywords(data.flags()), AngusFlags.keywords(flags));
        }
    }

    private void compare(String file, Object own, Object angus) {
        compared++;
        if (!own.equals(angus)) {
            differences
                    .computeIfAbsent(file, unused -> new ArrayList<>())
                    .add("\n  own   " + Shown.of(own) + "\n  Angus " + Shown.of(angus));
        }
    }

    private String shown() {
        return differences.isEmpty() ? "" : differences.toString();
    }
}
