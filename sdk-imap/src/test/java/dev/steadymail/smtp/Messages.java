package dev.steadymail.smtp;

import dev.steadymail.mail.RawContent;
import java.nio.charset.StandardCharsets;

/** Messages for tests. */
final class Messages {
    private Messages() {}

    static PreparedMessage to(String... recipients) {
        return prepared("From: ada@example.com\r\nTo: " + String.join(", ", recipients)
                + "\r\nMessage-ID: <1@example.com>\r\nSubject: s\r\n\r\n.one\r\n..two\r\nthree\r\n");
    }

    /** Returns a message of more octets than three chunks have. */
    static PreparedMessage large() {
        return prepared("From: ada@example.com\r\nTo: bob@example.org\r\nMessage-ID: <1@example.com>\r\n\r\n"
                + ".0123456789\r\n".repeat(20_000));
    }

    /** Returns a message, a character for each octet. */
    static PreparedMessage prepared(String text) {
        return PreparedMessage.read(raw(text));
    }

    static RawContent raw(String text) {
        return RawContent.of(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
