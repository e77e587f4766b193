package dev.steadymail.cli.mirror;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.steadymail.mail.BlobId;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.ThreadId;
import dev.steadymail.sync.StoredEmail;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IndexLineTest {
    private static final MailboxId INBOX = new MailboxId("m1");
    private static final MailboxId DRAFTS = new MailboxId("m2");
    private static final String HASH = "ab".repeat(32);

    private final IndexLine lines = new IndexLine(List.of(
            new Mailbox(INBOX, List.of("INBOX"), null, true),
            new Mailbox(DRAFTS, List.of("Archiv", "Entwürfe \"neu\""), null, true)));

    @Test
    void line_isCompactWithKeysInOrder() {
        Email email = Email.state(
                        new EmailId("p7"),
                        new ThreadId("t1"),
                        Set.of(INBOX, DRAFTS),
                        Set.of(Keyword.SEEN, Keyword.ANSWERED),
                        Instant.parse("2026-01-02T03:04:05Z"),
                        1)
                .withBlob(new BlobId(HASH), 42);
        assertEquals(
                "{\"id\":\"e7\",\"threadId\":\"t1\",\"mailboxes\":[\"Archiv/Entwürfe \\\"neu\\\"\",\"INBOX\"],"
                        + "\"keywords\":[\"$answered\",\"$seen\"],\"sha256\":\"" + HASH
                        + "\",\"size\":42,\"receivedAt\":\"2026-01-02T03:04:05.000Z\"}",
                lines.of(new StoredEmail("e7", email)));
    }

    @Test
    void line_withoutThreadOrKeywords() {
        Email email = Email.state(new EmailId("p"), null, Set.of(INBOX), Set.of(), Instant.ofEpochMilli(1), 0)
                .withBlob(new BlobId(HASH), 0);
        assertEquals(
                "{\"id\":\"e\",\"threadId\":null,\"mailboxes\":[\"INBOX\"],\"keywords\":[],\"sha256\":\"" + HASH
                        + "\",\"size\":0,\"receivedAt\":\"1970-01-01T00:00:00.001Z\"}",
                lines.of(new StoredEmail("e", email)));
    }

    @Test
    void byteOrder_isThatOfUtf8() {
        Random random = new Random(3);
        for (int i = 0; i < 5_000; i++) {
            String one = text(random);
            String other = text(random);
            int expected = Arrays.compareUnsigned(
                    one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
            assertEquals(
                    Integer.signum(expected),
                    Integer.signum(IndexLine.BYTE_ORDER.compare(one, other)),
                    () -> one + " and " + other);
        }
    }

    private static String text(Random random) {
        int[] interesting = {'a', 'b', 0xe9, 0xfffd, 0xe000, 0x1f600, 0x10000, 0x10ffff};
        StringBuilder text = new StringBuilder();
        random.ints(random.nextInt(4), 0, interesting.length).forEach(at -> text.appendCodePoint(interesting[at]));
        return text.toString();
    }
}
