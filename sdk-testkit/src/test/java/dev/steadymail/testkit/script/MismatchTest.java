package dev.steadymail.testkit.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How a server tells that a client left its script. */
class MismatchTest {

    private static final Duration SHORT = Duration.ofMillis(100);

    @Test
    void mismatch_tellsExpectedAndGotAndTheDialogue() throws IOException {
        ScriptedImapServer server = ScriptedImapServer.playing("""
                S: * OK ready
                C: <tag> NOOP
                S: <tag> OK done
                C: <tag> SELECT INBOX
                """);
        try (PlainClient client = PlainClient.of(server)) {
            client.send("A1 NOOP\r\nA2 EXAMINE \u00ff\r\n");
            assertEquals("* OK ready\r\n", client.line());
            assertThrows(ScriptMismatchError.class, server::verify);
        }
        assertEquals("""
                connection 1 left its script at line 4
                  expected  C: <tag> SELECT INBOX
                  got       C: A2 EXAMINE \\xff
                  the dialogue so far:
                    S: * OK ready
                    C: A1 NOOP
                    S: A1 OK done""", messageOf(server));
    }

    @Test
    void moreThanTheScript_isAMismatch() throws IOException {
        ScriptedImapServer server = ScriptedImapServer.playing("S: * OK ready");
        try (PlainClient client = PlainClient.of(server)) {
            assertEquals("* OK ready\r\n", client.line());
            client.send("A1 NOOP\r\n");
        }
        String message = messageOf(server);
        assertTrue(message.contains("nothing more\n  got       C: A1 NOOP\\r\\n"), message);
    }

    @Test
    void moreThanTheScript_ofAnOpenClient_isAMismatch() throws IOException {
        ScriptedImapServer server = ScriptedImapServer.playing("S: * OK ready");
        try (PlainClient client = PlainClient.of(server)) {
            client.send("A1 NOOP");
            assertTrue(messageOf(server).contains("got       C: A1 NOOP"));
        }
    }

    @Test
    void clientThatGoes_isAMismatch() throws IOException {
        ScriptedImapServer server = ScriptedImapServer.playing("C: <tag> NOOP");
        PlainClient.of(server).close();
        assertTrue(messageOf(server).contains("got       the end of the connection"));
    }

    @Test
    void clientThatGoesInMidLine_isAMismatch() throws IOException {
        ScriptedImapServer server = ScriptedImapServer.playing("C: <tag> NOOP");
        try (PlainClient client = PlainClient.of(server)) {
            client.send("A1 NO");
        }
        assertTrue(messageOf(server).contains("C: A1 NO and then, in mid-line, the end of the connection"));
    }

    @Test
    void silentClient_isAMismatchAfterTheDeadline() throws IOException {
        ScriptedImapServer server = brief("C: <tag> NOOP\nS: <tag> OK");
        try (PlainClient client = PlainClient.of(server)) {
            assertTrue(client.isAtEnd());
            assertTrue(messageOf(server).contains("got       nothing within PT0.1S"));
        }
    }

    @Test
    void clientThatDoesNotRead_isAMismatchAfterTheDeadline() throws IOException {
        ScriptedImapServer server = brief("S: <endless>* 1 EXISTS");
        try (PlainClient client = PlainClient.of(server)) {
            assertTrue(client.socket().isConnected());
            ScriptMismatchError error = assertThrows(ScriptMismatchError.class, () -> verifyUntilMismatch(server));
            assertTrue(String.valueOf(error.getMessage()).contains("connection 1"), error::getMessage);
        }
        assertTrue(messageOf(server).contains("a client that did not read for PT0.1S"));
    }

    @Test
    void pauseThatNobodyEnds_isAMismatchAfterTheDeadline() throws IOException {
        ScriptedImapServer server = brief("S: <wait ever>");
        try (PlainClient client = PlainClient.of(server)) {
            assertTrue(client.isAtEnd());
        }
        assertTrue(messageOf(server).contains("got       no go(\"ever\") from the test within PT0.1S"));
    }

    @Test
    void pauseThatNobodyReaches_isTold() {
        try (ScriptedImapServer server = ScriptedImapServer.builder()
                .scriptForOthers("S: <wait ever>")
                .deadline(SHORT)
                .start()) {
            assertThrows(ScriptMismatchError.class, () -> server.awaitPause("ever"));
            assertThrows(IllegalArgumentException.class, () -> server.go("never"));
        }
    }

    @Test
    void secrets_areHidden() throws IOException {
        ScriptedImapServer server = ScriptedImapServer.playing("""
                C: <tag> AUTHENTICATE PLAIN
                S: +
                C: ...
                S: <tag> NO
                C: <tag> LOGIN <literal> <literal> nothing
                """);
        try (PlainClient client = PlainClient.of(server)) {
            client.send("A1 AUTHENTICATE PLAIN\r\nc2VjcmV0\r\nA2 LOGIN {3+}\r\nada {6+}\r\nsecret\r\n");
            assertThrows(ScriptMismatchError.class, server::verify);
        }
        String message = messageOf(server);
        assertFalse(message.contains("secret") || message.contains("c2Vj") || message.contains("ada"), message);
        assertTrue(message.contains("C: A1 AUTHENTICATE PLAIN\n"), message);
        assertTrue(message.contains("C: A2 LOGIN <hidden>\n"), message);
    }

    private static ScriptedImapServer brief(String script) {
        return ScriptedImapServer.builder().script(script).deadline(SHORT).start();
    }

    /** A busy machine may still be filling the socket when one deadline is over. */
    private static void verifyUntilMismatch(ScriptedImapServer server) {
        while (true) {
            try {
                server.verify();
            } catch (ScriptMismatchError error) {
                if (String.valueOf(error.getMessage()).contains("left its script")) {
                    throw error;
                }
            }
        }
    }

    private static String messageOf(ScriptedImapServer server) {
        return String.valueOf(
                assertThrows(ScriptMismatchError.class, server::close).getMessage());
    }
}
