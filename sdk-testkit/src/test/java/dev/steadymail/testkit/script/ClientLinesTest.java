package dev.steadymail.testkit.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a script can say about the client. */
class ClientLinesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            <tag> NOOP                   | A1 NOOP
            A1 NOOP                      | A1 NOOP
            <tag> UID FETCH <n> (FLAGS)  | x.7 UID FETCH 4294967295 (FLAGS)
            <tag> UID FETCH ...          | A1 UID FETCH 1:5 (UID FLAGS)
            <tag> UID FETCH...           | A1 UID FETCH
            <tag> FETCH ... (FLAGS)      | A1 FETCH 1:5 (FLAGS)
            <tag> SEARCH FROM <a@b.c>    | A1 SEARCH FROM <a@b.c>
            <tag> STORE 1 (\\Seen)       | A1 STORE 1 (\\Seen)
            <tag> LOGIN "a\\\\b" ...     | A1 LOGIN "a\\\\b" c
            <tag> X \\x3ctag>\\x2e..     | A1 X <tag>...
            """)
    void line_thatIsDue_isTaken(String expected, String sent) throws IOException {
        try (ScriptedImapServer server = ScriptedImapServer.playing("C: " + expected + "\nS: yes");
                PlainClient client = PlainClient.of(server)) {
            client.send(sent + "\r\n");
            assertEquals("yes\r\n", client.line());
            server.verify();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <tag> NOOP                   | A1 NOOP x
            <tag> NOOP                   | A1 noop
            <tag> NOOP                   | + NOOP
            <tag> NOOP                   | NOOP
            <tag> FETCH <n> FLAGS        | A1 FETCH 1:2 FLAGS
            <tag> FETCH 1 (FLAGS.SILENT) | A1 FETCH 1 (FLAGS-SILENT)
            <end>                        | A1 NOOP
            """)
    void line_thatIsNotDue_isAMismatch(String expected, String sent) throws IOException {
        ScriptedImapServer server = ScriptedImapServer.playing("C: " + expected);
        try (PlainClient client = PlainClient.of(server)) {
            client.send(sent + "\r\n");
            assertTrue(client.isAtEnd());
        }
        ScriptMismatchError error = assertThrows(ScriptMismatchError.class, server::close);
        assertTrue(String.valueOf(error.getMessage()).contains("got       C: " + sent), error::getMessage);
    }

    @Test
    void literals_areToldToGoOnIfTheyWait() throws IOException {
        try (ScriptedImapServer server = ScriptedImapServer.playing("""
                        C: <tag> SELECT <literal In\\r\\nbox> (<literal x>)
                        S: <tag> OK yes
                        """);
                PlainClient client = PlainClient.of(server)) {
            client.send("A1 SELECT {7}\r\n");
            assertEquals("+ go ahead\r\n", client.line());
            client.send("In\r\nbox ({1+}\r\nx)\r\n");
            assertEquals("A1 OK yes\r\n", client.line());
        }
    }

    @Test
    void literal_ofAnyContent_isNotKept() throws IOException {
        try (ScriptedImapServer server = ScriptedImapServer.playing("""
                        C: <tag> APPEND INBOX <literal>
                        S: <tag> OK yes
                        """);
                PlainClient client = PlainClient.of(server)) {
            client.send("A1 APPEND INBOX {1000000+}\r\n" + "\n".repeat(1_000_000) + "\r\n");
            assertEquals("A1 OK yes\r\n", client.line());
            server.verify();
            assertEquals("C: <1000000 octets>", server.dialogue(1).get(1));
        }
    }

    @Test
    void literal_ofOtherContent_isAMismatch() throws IOException {
        ScriptedImapServer server = ScriptedImapServer.playing("C: <tag> SELECT <literal one>");
        try (PlainClient client = PlainClient.of(server)) {
            client.send("A1 SELECT {3+}\r\ntwo\r\n");
            assertTrue(client.isAtEnd());
        }
        ScriptMismatchError error = assertThrows(ScriptMismatchError.class, server::close);
        assertTrue(String.valueOf(error.getMessage()).contains("a literal of other content: two"), error::getMessage);
    }

    @Test
    void literal_canBePlayedByHand() throws IOException {
        try (ScriptedImapServer server = ScriptedImapServer.playing("""
                        C: <tag> APPEND INBOX {<n>}
                        S: + carry on
                        C: <octets n>
                        S: <tag> OK <n> taken
                        C: <octets 3> rest
                        """);
                PlainClient client = PlainClient.of(server)) {
            client.send("A1 APPEND INBOX {300000}\r\n");
            assertEquals("+ carry on\r\n", client.line());
            client.send("y".repeat(300_000) + "\r\nabc rest\r\n");
            assertEquals("A1 OK 300000 taken\r\n", client.line());
            server.verify();
        }
    }

    @Test
    void any_isEverythingUntilTheClientEnds() throws IOException {
        ScriptedImapServer server = ScriptedImapServer.playing("S: hello\nC: <any>");
        try (server;
                PlainClient client = PlainClient.of(server)) {
            assertEquals("hello\r\n", client.line());
            client.send("A1 NOOP\r\n");
        }
        assertEquals(List.of("S: hello", "C: A1 NOOP\\r\\n"), server.dialogue(1));
    }

    @Test
    void end_isAClosedConnection() throws IOException {
        try (ScriptedImapServer server = ScriptedImapServer.playing("S: hello\nC: <end>");
                PlainClient client = PlainClient.of(server)) {
            client.socket().shutdownOutput();
            server.verify();
        }
    }
}
