package dev.steadymail.server.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EmailCursorTest {
    @Test
    void text_andParse_isTheSame() {
        for (String time :
                new String[] {"2026-01-02T03:04:05.123456Z", "1969-12-31T23:59:59Z", "9999-12-31T23:59:59Z"}) {
            EmailCursor cursor = new EmailCursor(Instant.parse(time), UUID.randomUUID());
            assertEquals(cursor, EmailCursor.parse(cursor.text()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "!!!", "AAAA", "f_________8AAAAAAAAAAAAAAAAAAAAAA", "\u00e9"})
    void parse_ofSomethingElse_isRefused(String text) {
        assertThrows(WrongCursorException.class, () -> EmailCursor.parse(text));
    }
}
