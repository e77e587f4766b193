package dev.steadymail.mail;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.SendResult.Sent;
import dev.steadymail.provider.MessageHeader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of the writing side. */
class WrittenMailTest {
    private static final byte[] OCTETS =
            "Subject: secret\r\nmessage-id :\r\n <a@b>\r\n\r\nX: body".getBytes(StandardCharsets.US_ASCII);

    @Test
    void content_canBeReadAgain_andShowsNothing(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("secret.eml"), OCTETS);
        for (RawContent content : List.of(RawContent.of(OCTETS), RawContent.of(file))) {
            assertEquals(OCTETS.length, content.size());
            for (int i = 0; i < 2; i++) {
                try (InputStream octets = content.open()) {
                    assertArrayEquals(OCTETS, octets.readAllBytes());
                }
            }
            assertFalse(content.toString().contains("secret"));
        }
    }

    @Test
    void contentInMemory_isACopy() throws IOException {
        byte[] octets = OCTETS.clone();
        RawContent content = RawContent.of(octets);
        octets[0] = 'X';
        try (InputStream read = content.open()) {
            assertArrayEquals(OCTETS, read.readAllBytes());
        }
    }

    @Test
    void contentOfAFileThatIsNotThere_isStorage(@TempDir Path folder) {
        Path missing = folder.resolve("missing.eml");
        assertEquals(
                Kind.STORAGE,
                assertThrows(MailException.class, () -> RawContent.of(missing)).kind());
    }

    @Test
    void header_isReadUnfoldedAndNoFurther() {
        MessageHeader header = MessageHeader.of(RawContent.of(OCTETS));
        assertEquals(Optional.of("<a@b>"), header.first("Message-ID"));
        assertEquals(Optional.of("secret"), header.first("subject"));
        assertEquals(Optional.empty(), header.first("X"));
        assertFalse(header.toString().contains("secret"));
    }

    @Test
    void sending_failureThatMayHaveSent_isUnknown() {
        MailException open = MailException.builder(Kind.NETWORK, "cut")
                .mayHaveTakenEffect(true)
                .build();
        SendResult result = SendResult.of(() -> {
            throw open;
        });
        assertSame(open, result.fold(sent -> null, SendResult.Unknown::cause));
    }

    @Test
    void sending_failureThatSurelyDidNot_isThrown() {
        MailException refused = MailException.of(Kind.INVALID, "no recipient");
        assertSame(
                refused,
                assertThrows(
                        MailException.class,
                        () -> SendResult.of(() -> {
                            throw refused;
                        })));
        Sent sent = new Sent(new EmailId("1"), null);
        assertSame(sent, SendResult.of(() -> sent));
    }

    @Test
    void valuesThatCannotBe_areRefused() {
        Instant now = Instant.parse("2026-11-29T12:00:00Z");
        assertThrows(
                IllegalArgumentException.class,
                () -> VacationResponse.text("a", "b").between(now, now));
        assertThrows(IllegalArgumentException.class, () -> new EmailImport(Set.of(), Set.of(), null));
        assertFalse(VacationResponse.text("secret", "secret").toString().contains("secret"));
    }
}
