package dev.steadymail.cli.mirror;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.mail.BlobId;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.ThreadId;
import dev.steadymail.sync.StoredEmail;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexReaderTest {
    private static final String HASH = "0123456789abcdef".repeat(4);

    @TempDir
    Path folder;

    @Test
    void whatWasWritten_isReadBack() throws IOException {
        long seed = Long.getLong("steadymail.seed", System.nanoTime());
        Random random = new Random(seed);
        IndexLine lines = new IndexLine(List.of());
        List<String> written = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            names.add(name(random));
            written.add(lines.of(stored(i, names.get(i))));
        }
        List<IndexEntry> read = IndexReader.read(Files.write(folder.resolve("index.jsonl"), written));
        assertEquals(names, read.stream().map(entry -> entry.mailboxes().get(0)).toList(), "seed " + seed);
        assertEquals(
                new IndexEntry("e7", List.of(names.get(7)), List.of("$flagged", "$seen"), HASH, 4711), read.get(7));
    }

    @Test
    void damagedLine_isNamed() throws IOException {
        String good = new IndexLine(List.of()).of(stored(1, "INBOX"));
        long seed = Long.getLong("steadymail.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            String bad = good.substring(0, random.nextInt(good.length()));
            Path index = Files.write(folder.resolve("index.jsonl"), List.of(good, bad));
            MailException failure = assertThrows(MailException.class, () -> IndexReader.read(index), "seed " + seed);
            assertEquals(true, String.valueOf(failure.getMessage()).contains("in line 2"), "seed " + seed);
        }
    }

    private static StoredEmail stored(int number, String mailbox) {
        Email email = Email.state(
                new EmailId("p" + number),
                number % 2 == 0 ? null : new ThreadId("t\"" + number),
                Set.of(new MailboxId(mailbox)),
                Set.of(Keyword.SEEN, Keyword.FLAGGED),
                Instant.EPOCH,
                1);
        return new StoredEmail("e" + number, email.withBlob(new BlobId(HASH), 4711));
    }

    /** Names as hostile as a mailbox's may be; half of a pair cannot be written and is left out. */
    private static String name(Random random) {
        StringBuilder name = new StringBuilder("x");
        for (int i = random.nextInt(20); i > 0; i--) {
            int c = random.nextInt(4) == 0 ? random.nextInt(0x110000) : random.nextInt(0x80);
            name.appendCodePoint(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? '"' : c);
        }
        return name.toString();
    }
}
