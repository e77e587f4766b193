package dev.steadymail.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShownTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Too many simultaneous connections. (Failure)",
                "Invalid credentials (Failure)",
                "Authentication failed.",
                "Account exceeded command or bandwidth limits.",
                "Mailbox doesn't exist",
                "Permission denied",
                "LOGIN failed.",
                "User is authenticated but not connected.",
                "Internal error occurred. Refer to server log for more information.",
                "Quota exceeded (mailbox for user is full)",
                "Maximum number of connections from user exceeded",
                "System Error (Failure)",
                "Please log in via your web browser: https://support.google.com/mail/accounts/answer/78754 (Failure)",
                "Server busy, try again in 300 seconds",
                "Autologout; idle for too long",
                "Connection closed due to inactivity."
            })
    void whatServersSay_staysReadable(String text) {
        String shown = ShownText.of(text);
        long hidden = shown.chars().filter(character -> character == '\u2026').count();
        assertTrue(hidden <= 2, shown);
    }

    @Test
    void whatTheyRepeat_isHidden() {
        assertEquals("Mailbox doesn't exist: \u2026", ShownText.of("Mailbox doesn't exist: Divorce/Lawyer Smith"));
        assertEquals("Unknown user \u2026", ShownText.of("Unknown user ada@example.com"));
        assertEquals("user \u2026 is not found", ShownText.of("user ada.open@mail.example is not found"));
        assertEquals("Unknown command: \u2026", ShownText.of("Unknown command: \"SEARCH SUBJECT kitten\""));
        assertEquals("no \u2026", ShownText.of("no 0171234567"));
        assertEquals("\u2026 user", ShownText.of("All\u00e9n user"));
        assertEquals("\u2026 user", ShownText.of("Will\u0301 user"));
        assertEquals("\u2026 hours", ShownText.of("bob-1234 hours"));
        assertEquals("mailbox \u2026 minutes", ShownText.of("mailbox 2024 minutes"));
        assertEquals("try again in 30 seconds", ShownText.of("try again\r\nin 30 seconds"));
        assertEquals("\u2026", ShownText.of("https://example.com/?user=ada"));
    }

    @Test
    void noWord_thatIsNotKnown_comesThrough() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String[] around = {
            " ", "\"", "'", "(", ")", "<", ">", ".", ",", ":", "-", "_", "/", "=", "\u00e4", "\t", "[", "1", "@"
        };
        for (int run = 0; run < 20_000; run++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(6); i >= 0; i--) {
                text.append(around[random.nextInt(around.length)]).append("mailbox");
            }
            text.append(around[random.nextInt(around.length)])
                    .append("kitten")
                    .append(around[random.nextInt(around.length)])
                    .append("server");
            String shown = ShownText.of(text.toString());
            assertTrue(!shown.contains("kitten"), "seed " + seed + ": " + text + " shows " + shown);
            assertTrue(shown.length() <= 200);
        }
    }

    @Test
    void longTexts_areCut() {
        assertTrue(ShownText.of("mailbox ".repeat(10_000)).length() <= 200);
        assertEquals("a \u2026", ShownText.of("a " + "\u0007x".repeat(3_000)));
    }
}
