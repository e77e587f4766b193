package dev.steadymail.benchmarks.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Where an answer ends decides what the floor of the comparison is. */
class AnswerScannerTest {
    private static final String ANSWER = """
            * 2 EXISTS\r
            * 1 FETCH (UID 7 BODY[] {22}\r
            r1 OK in a literal\r
            \r
             FLAGS ())\r
            * 2 FETCH (UID 9 ENVELOPE ("{3}" {2+}\r
            )" NIL))\r
            * 1 EXPUNGE\r
            r10 OK another tag\r
            r1 OK done\r
            """;

    private final AnswerScanner scanner = new AnswerScanner("r1");

    @Test
    void take_answerOctetByOctet_endsWithTheTaggedLineAndNotBefore() {
        byte[] octets = ANSWER.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < octets.length - 1; i++) {
            assertFalse(scanner.take(new byte[] {octets[i]}, 1), "after " + i);
        }
        assertTrue(scanner.take(new byte[] {octets[octets.length - 1]}, 1));
        assertCounts();
    }

    @Test
    void take_answerInOnePiece_countsTheSame() {
        assertTrue(take(ANSWER));
        assertCounts();
    }

    @Test
    void take_refusal_isNotOk() {
        assertTrue(take("r1 NO {4} is no literal here\r\n"));
        assertFalse(scanner.isOk());
        assertEquals("NO {4} is no literal here", scanner.status());
    }

    @Test
    void take_longLine_isNotTakenForATaggedOne() {
        assertFalse(take("* 1 FETCH (ENVELOPE (\"" + "x".repeat(5_000) + "\r1 OK\" NIL))\r\n"));
        assertEquals(1, scanner.messages());
    }

    private void assertCounts() {
        assertTrue(scanner.isOk());
        assertEquals(2, scanner.messages());
        assertEquals(24, scanner.literalBytes());
    }

    private boolean take(String answer) {
        byte[] octets = answer.getBytes(StandardCharsets.US_ASCII);
        return scanner.take(octets, octets.length);
    }
}
