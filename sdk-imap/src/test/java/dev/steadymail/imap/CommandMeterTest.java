package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.steadymail.guard.Traffic;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CommandMeterTest {
    private final Traffic traffic = new Traffic(System::nanoTime);

    @Test
    void plainCommands_countOneEach() throws IOException {
        send("A1 CAPABILITY\r\nA2 LOGOUT\r\n");
        assertEquals(2, traffic.requests());
    }

    @Test
    void literal_isPartOfItsCommand() throws IOException {
        send("A1 LOGIN {3}\r\na b {7+}\r\nA2 NOOP\r\n");
        assertEquals(1, traffic.requests());
    }

    @Test
    void literalThatLooksLikeCommands_isNotCounted() throws IOException {
        send("A1 APPEND INBOX {18}\r\nA2 NOOP\r\nA3 NOOP\r\n\r\nA4 NOOP\r\n");
        assertEquals(2, traffic.requests());
    }

    @Test
    void doneAndSaslLines_areNoCommands() throws IOException {
        send("A1 IDLE\r\nDONE\r\nA2 AUTHENTICATE XOAUTH2\r\ndXNlcg==\r\n\r\n");
        assertEquals(2, traffic.requests());
    }

    @Test
    void octets_areAllCounted() throws IOException {
        send("A1 NOOP\r\n");
        assertEquals(9, traffic.bytes());
    }

    private void send(String text) throws IOException {
        try (CommandMeter meter = new CommandMeter(OutputStream.nullOutputStream(), traffic)) {
            meter.write(text.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
