package dev.steadymail.cli.mirror;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.cli.terminal.Progress;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.MailboxId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ContentComparisonTest {
    private static final EmailId ID = new EmailId("1");
    private static final String HASH_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    private final List<String> told = new ArrayList<>();
    private final ContentComparison comparison = new ContentComparison(
            Map.of(ID, new IndexEntry("e0000000001", List.of("INBOX"), List.of(), HASH_OF_ABC, 3)),
            new Differences(difference -> told.add(difference.toText()), new Silent()),
            () -> {});

    @Test
    void messageThatIsCutOff_isTheProvidersFailureAndReadAgain() {
        MailException cause = MailException.of(Kind.TIMEOUT, "too slow");
        assertSame(cause, assertThrows(MailException.class, () -> comparison.message(email(), cut(cause))));
        MailException plain =
                assertThrows(MailException.class, () -> comparison.message(email(), cut(new IOException("reset"))));
        assertEquals(Kind.NETWORK, plain.kind());
        comparison.message(email(), content("abc"));
        assertEquals(List.of(), told);
    }

    @Test
    void messageThatIsReadTwice_isToldOnce() {
        comparison.message(email(), content("abd"));
        comparison.message(email(), content("abd"));
        assertEquals(1, told.size(), told::toString);
    }

    private static Email email() {
        return Email.state(ID, null, Set.of(new MailboxId("INBOX")), Set.of(), Instant.EPOCH, 3);
    }

    private static InputStream content(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream cut(Exception cause) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException(cause);
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                throw new IOException(cause);
            }
        };
    }

    /** Shows nothing. */
    private static final class Silent implements Progress {
        @Override
        public void update(long done, long expected) {}

        @Override
        public void say(String message) {}

        @Override
        public void close() {}
    }
}
