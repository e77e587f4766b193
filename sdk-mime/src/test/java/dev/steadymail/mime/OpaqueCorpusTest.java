package dev.steadymail.mime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mime.calendar.Calendar;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real messages that are signed, encrypted, or carry calendars and files. The folder that {@code STEADYMAIL_SHARED} names has them. */
@EnabledIfEnvironmentVariable(named = "STEADYMAIL_SHARED", matches = ".+")
class OpaqueCorpusTest {
    private static final Pattern SIGNED =
            Pattern.compile("(?i)content-type:\\s*multipart/signed[^\\r\\n]*(?:\\r?\\n[ \\t][^\\r\\n]*)*");
    private static final Pattern BOUNDARY = Pattern.compile("(?i)boundary=(?:\"([^\"]+)\"|([^\\s;]+))");

    static Stream<Path> messages() throws IOException {
        Path corpus = Path.of(System.getenv("STEADYMAIL_SHARED"), "corpus");
        Stream.Builder<Path> all = Stream.builder();
        for (String folder : List.of("signed-encrypted", "calendar", "attachments")) {
            try (Stream<Path> files = Files.list(corpus.resolve(folder))) {
                files.sorted().forEach(all);
            }
        }
        return all.build();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void message_losesNoPart(Path file) throws IOException {
        ParsedEmail email = MimeReader.usual().read(new ByteArrayInputStream(Files.readAllBytes(file)));
        Set<ParsedPart> listed = new HashSet<>(email.attachments());
        listed.addAll(email.textBody());
        listed.addAll(email.htmlBody());
        email.root().walk().filter(part -> !part.isMultipart()).forEach(part -> assertTrue(listed.contains(part)));
        for (ParsedPart part : email.root().walk().toList()) {
            if (part.type().matches("application/(ms-tnef|(x-)?pkcs7-.*|pgp-.*)|text/calendar")) {
                assertTrue(email.attachments().contains(part), part.type());
                assertEquals(List.of(), part.parts());
                assertTrue(part.safeFileName().matches("[^/\\\\]+"));
                assertEquals(part.size(), part.open().readAllBytes().length);
            }
        }
        assertEquals(
                email.root()
                        .walk()
                        .filter(part -> part.type().equals("text/calendar"))
                        .count(),
                Calendar.of(email).stream()
                        .filter(calendar -> calendar.part().type().equals("text/calendar"))
                        .count());
    }

    /** The octets between two boundary lines, found by looking for those lines alone. */
    @ParameterizedTest
    @MethodSource("messages")
    void signedOctets_areThoseBetweenTheBoundaries(Path file) throws IOException {
        byte[] octets = Files.readAllBytes(file);
        Optional<SignedContent> signed = MimeReader.usual().readSigned(new ByteArrayInputStream(octets));
        ParsedEmail email = MimeReader.usual().read(new ByteArrayInputStream(octets));
        boolean hasSigned = email.root()
                .walk()
                .anyMatch(part -> part.type().equals("multipart/signed")
                        && part.parts().stream()
                                .anyMatch(child -> !child.headers().names().isEmpty()));
        assertEquals(hasSigned, signed.isPresent());
        if (signed.isPresent()) {
            String text = new String(octets, StandardCharsets.ISO_8859_1);
            assertArrayEquals(
                    between(text).getBytes(StandardCharsets.ISO_8859_1),
                    signed.get().open().readAllBytes());
        }
    }

    private static String between(String text) {
        Matcher header = SIGNED.matcher(text);
        assertTrue(header.find());
        Matcher boundary = BOUNDARY.matcher(header.group());
        assertTrue(boundary.find());
        String line = "--" + (boundary.group(1) == null ? boundary.group(2) : boundary.group(1));
        int first = text.indexOf('\n' + line, header.end());
        int from = text.indexOf('\n', first + 1) + 1;
        int to = text.indexOf('\n' + line, from - 1);
        String signed = to < from ? "" : text.substring(from, to);
        return signed.endsWith("\r") ? signed.substring(0, signed.length() - 1) : signed;
    }
}
