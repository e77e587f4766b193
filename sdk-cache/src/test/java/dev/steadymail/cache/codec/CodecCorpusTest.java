package dev.steadymail.cache.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.steadymail.mail.Ancestry;
import dev.steadymail.mail.BlobId;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Envelope;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mime.MimeReader;
import dev.steadymail.mime.ParsedEmail;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real and hostile messages of the shared corpus. */
@Timeout(300)
class CodecCorpusTest {
    private static final ValueSealer SEALER = ValueSealer.encrypted(ContentKeys.of(1, new byte[32]));

    @Test
    void everyEmailOfTheCorpus_comesBack() throws IOException {
        for (Path file : files()) {
            Email email = read(file);
            byte[] octets = EmailCodec.encode(email, FetchLevel.STRUCTURE);
            byte[] name = KeyNames.unkeyed().of(email.id().value());
            EmailCodec.Coded coded = EmailCodec.decode(SEALER.open(SEALER.seal(octets, name), name));
            assertEquals(new EmailCodec.Coded(email, FetchLevel.STRUCTURE), coded, file::toString);
        }
    }

    private static Email read(Path file) throws IOException {
        try (InputStream octets = Files.newInputStream(file)) {
            ParsedEmail parsed = MimeReader.usual().read(octets);
            Envelope envelope = parsed.envelope();
            EmailId id = new EmailId("1." + file.getFileName());
            return new Email(
                    id,
                    null,
                    new BlobId(id.value()),
                    Set.of(),
                    Set.of(),
                    Instant.ofEpochSecond(1_764_500_000),
                    Files.size(file),
                    envelope,
                    parsed.root().asBodyPart(),
                    null,
                    Ancestry.of(envelope));
        }
    }

    private static List<Path> files() throws IOException {
        String shared = System.getenv("STEADYMAIL_SHARED");
        Path root = (shared == null ? Path.of("..", "..", "shared") : Path.of(shared)).resolve("corpus");
        assumeTrue(Files.isDirectory(root), "no corpus: set STEADYMAIL_SHARED to the folder that holds it");
        try (Stream<Path> all = Files.walk(root)) {
            List<Path> files = all.filter(file -> file.toString().endsWith(".eml"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
            assertTrue(files.size() > 100, () -> files.size() + " messages");
            return files;
        }
    }
}
