package dev.steadymail.imap.command;

import static dev.steadymail.imap.command.Dialogue.complete;
import static dev.steadymail.imap.command.Dialogue.sent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.imap.command.Append.Appended;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AppendTest {
    private static final Instant RECEIVED = Instant.parse("2026-03-05T07:08:09.5Z");

    @Test
    void append_isSent_asTheServerTakesLiterals() {
        Append append = append("Hi\r\n").flags(List.of("\\Seen", "$a")).receivedAt(RECEIVED);
        String head = "A1 APPEND \"INBOX\" (\\Seen $a) \"05-Mar-2026 07:08:09 +0000\" ";
        assertEquals(head + "{4}\r\n<go>Hi\r\n\r\n", sent(Dialogue.PLAIN, append));
        assertEquals(head + "{4+}\r\nHi\r\n\r\n", sent(Dialogue.PLUS, append));
        assertEquals(head + "{4+}\r\nHi\r\n\r\n", sent(Dialogue.MINUS, append));
    }

    @Test
    void append_ofALargeMessage_asksFirst() {
        String large = "a".repeat(4097);
        for (CommandEncoder encoder : List.of(Dialogue.PLAIN, Dialogue.PLUS, Dialogue.MINUS)) {
            assertEquals("A1 APPEND \"INBOX\" {4097}\r\n<go>" + large + "\r\n", sent(encoder, append(large)));
        }
    }

    /** RFC 6855 section 4: {@code "UTF8" SP "(" literal8 ")"}. */
    @Test
    void append_inUtf8_isALiteral8InParentheses() {
        Append append = append("\u00fc").utf8();
        assertEquals("A1 APPEND \"INBOX\" UTF8 (~{1}\r\n<go>\u00fc)\r\n", sent(Dialogue.UTF8, append));
        assertEquals("A1 APPEND \"INBOX\" UTF8 (~{1+}\r\n\u00fc)\r\n", sent(Dialogue.PLUS, append));
    }

    @Test
    void append_tellsTheUid() {
        assertEquals(new Appended(38505, 3955), complete(append("x"), "[APPENDUID 38505 3955] done"));
        for (String said :
                List.of("done", "[APPENDUID 1] x", "[APPENDUID 1 x] x", "[APPENDUID 1 2 3] x", "[OTHER 1 2] x")) {
            assertEquals(new Appended(0, 0), complete(append("x"), said), said);
        }
    }

    @Test
    void limit_isReadFromTheCapabilities() {
        assertEquals(OptionalLong.of(35651584), Append.limit(Set.of("APPENDLIMIT=35651584", "IDLE")));
        assertEquals(OptionalLong.empty(), Append.limit(Set.of("APPENDLIMIT")));
        assertEquals(OptionalLong.empty(), Append.limit(Set.of("APPENDLIMIT=x")));
        assertTrue(Append.fits(10, Set.of("APPENDLIMIT=10")) && Append.fits(11, Set.of()));
        assertFalse(Append.fits(11, Set.of("APPENDLIMIT=10")));
    }

    @Test
    void whatNoServerTakes_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> append(""));
        assertThrows(IllegalArgumentException.class, () -> append("x").receivedAt(Instant.MAX));
        assertThrows(
                IllegalArgumentException.class,
                () -> append("x").flags(List.of("a b")).command());
    }

    private static Append append(String message) {
        byte[] octets = message.getBytes(StandardCharsets.ISO_8859_1);
        return Append.to("INBOX", () -> new ByteArrayInputStream(octets), octets.length);
    }
}
