package dev.steadymail.testkit.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several connections, and what is left of them. */
class ConnectionsTest {

    @Test
    void eachConnection_hasAScriptOfItsOwn() throws IOException {
        try (ScriptedImapServer server = ScriptedImapServer.builder()
                        .script("S: one")
                        .script("S: two")
                        .scriptForOthers("S: another")
                        .start();
                PlainClient first = PlainClient.of(server);
                PlainClient second = PlainClient.of(server);
                PlainClient third = PlainClient.of(server);
                PlainClient fourth = PlainClient.of(server)) {
            assertEquals("another\r\n", fourth.line());
            assertEquals("another\r\n", third.line());
            assertEquals("two\r\n", second.line());
            assertEquals("one\r\n", first.line());
            server.verify();
            assertEquals(List.of("S: two"), server.dialogue(2));
            assertEquals(List.of(), server.dialogue(5));
        }
    }

    @Test
    void connectionWithoutAScript_isAMismatch() throws IOException {
        ScriptedImapServer server = ScriptedImapServer.playing("S: one");
        try (PlainClient first = PlainClient.of(server);
                PlainClient second = PlainClient.of(server)) {
            assertTrue(second.isAtEnd());
            assertEquals("one\r\n", first.line());
        }
        ScriptMismatchError error = assertThrows(ScriptMismatchError.class, server::close);
        assertEquals("connection 2 has no script", error.getMessage());
    }

    @Test
    void scriptWithoutAConnection_isToldWithoutAWait() {
        ScriptedImapServer server = ScriptedImapServer.builder()
                .script("S: one")
                .deadline(Duration.ofHours(1))
                .start();
        ScriptMismatchError error = assertThrows(ScriptMismatchError.class, server::close);
        assertEquals("connection 1 has a script, but nobody connected", error.getMessage());
    }

    @Test
    void connectionsOpenedJustBefore_areServed() throws IOException {
        ScriptedImapServer server = ScriptedImapServer.builder()
                .script("C: <end>")
                .script("C: <end>")
                .start();
        PlainClient.of(server).close();
        PlainClient.of(server).close();
        server.close();
    }

    @Test
    void unfinishedScript_isTold() throws IOException {
        ScriptedImapServer server = ScriptedImapServer.builder()
                .script("S: hello\nS: <wait ever>")
                .scriptForOthers("S: x")
                .deadline(Duration.ofMillis(100))
                .start();
        try (PlainClient client = PlainClient.of(server)) {
            assertTrue(client.socket().isConnected());
            assertThrows(ScriptMismatchError.class, server::verify);
            assertThrows(ScriptMismatchError.class, server::close);
        }
    }

    @Test
    void close_leavesNoThread_andHarmsNobodyTwice() throws IOException {
        ScriptedImapServer server = ScriptedImapServer.builder()
                .script("S: played")
                .script("S: <endless>* 1 EXISTS")
                .script("S: x\nC: <any>")
                .script("S: <close>")
                .deadline(Duration.ofSeconds(1))
                .start();
        try (PlainClient first = PlainClient.of(server);
                PlainClient second = PlainClient.of(server);
                PlainClient third = PlainClient.of(server);
                PlainClient fourth = PlainClient.of(server)) {
            assertEquals("played\r\n", first.line());
            assertTrue(second.socket().isConnected());
            assertEquals("x\r\n", third.line());
            assertEquals(-1, fourth.in().read());
            assertTrue(threads(server) >= 4);
            assertThrows(ScriptMismatchError.class, server::close);
            assertEquals(0, threads(server));
            server.close();
        }
        assertThrows(ConnectException.class, () -> PlainClient.of(server));
    }

    private static long threads(ScriptedImapServer server) {
        String prefix = "scripted-imap-" + server.port() + "-";
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .count();
    }

    @Test
    void settings_areChecked() {
        ScriptedImapServerBuilder builder = ScriptedImapServer.builder();
        assertThrows(IllegalArgumentException.class, builder::start);
        assertThrows(IllegalArgumentException.class, () -> builder.deadline(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> builder.deadline(Duration.ofDays(1)));
        assertThrows(
                IllegalArgumentException.class,
                () -> builder.script("S: <starttls>").start());
    }
}
