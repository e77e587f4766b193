package dev.steadymail.testkit.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a script can make the server do. */
class ServerLinesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            * OK ready                    | `* OK ready\r\n`
            * FLAGS (\\Seen \\Answered)   | `* FLAGS (\\Seen \\Answered)\r\n`
            a\\x00\\xffb\\r\\nc\\n<open>  | `a\u0000\u00ffb\r\nc\n`
            g\u00fc                       | `g\u00c3\u00bc\r\n`
            FROM <ada@example.com>...     | `FROM <ada@example.com>...\r\n`
            BODY[] <literal a\\r\\nb>)    | `BODY[] {4}\r\na\r\nb)\r\n`
            BODY[] <literal>)             | `BODY[] {0}\r\n)\r\n`
            {5}\\r\\n<octets 5>)          | `{5}\r\nxxxxx)\r\n`
            <repeat 3>ab                  | `ab\r\nab\r\nab\r\n`
            <repeat 3>ab<open>            | ababab
            <drip>* OK slowly             | `* OK slowly\r\n`
            <repeat 2><drip>ab<open>      | abab
            """)
    void text_isSentAsWritten(String written, String sent) throws IOException {
        try (ScriptedImapServer server = ScriptedImapServer.playing("S: " + written + "\nS: <close>");
                PlainClient client = PlainClient.of(server)) {
            assertEquals(sent, client.read(1_000));
            server.verify();
        }
    }

    @Test
    void tagsAndNumbers_areThoseOfTheClient() throws IOException {
        try (ScriptedImapServer server = ScriptedImapServer.playing("""
                        C: <tag> NOOP
                        S: <tag> OK first
                        C: <tag> UID FETCH <n>:* (FLAGS)
                        S: <oldtag> OK stale
                        S: * <n> FETCH (UID <n>)\\r\\n<tag> OK second
                        """);
                PlainClient client = PlainClient.of(server)) {
            client.send("A1 NOOP\r\nA2 UID FETCH 42:* (FLAGS)\r\n");
            assertEquals("A1 OK first\r\n", client.line());
            assertEquals("A1 OK stale\r\n", client.line());
            assertEquals("* 42 FETCH (UID 42)\r\n", client.line());
            assertEquals("A2 OK second\r\n", client.line());
        }
    }

    @Test
    void largeLiteral_isMadeWhileItIsSent() throws IOException {
        try (ScriptedImapServer server = ScriptedImapServer.playing("""
                        S: * 1 FETCH (BODY[] {50000000}
                        S: <octets 50000000>)
                        S: <close>
                        """);
                PlainClient client = PlainClient.of(server)) {
            assertEquals("* 1 FETCH (BODY[] {50000000}\r\n", client.line());
            assertEquals(50_000_003, client.skipAll());
        }
    }

    @Test
    void halfALine_waitsForTheTest() throws IOException, InterruptedException {
        try (ScriptedImapServer server = ScriptedImapServer.playing("""
                        S: * 1 FETCH (FL<open>
                        S: <wait rest>
                        S: AGS ())
                        """);
                PlainClient client = PlainClient.of(server)) {
            assertEquals("* 1 FETCH (FL", client.read(13));
            server.awaitPause("rest");
            assertEquals(0, client.in().available());
            server.go("rest");
            assertEquals("AGS ())\r\n", client.line());
        }
    }

    @Test
    void endlessResponse_endsWithTheClient() throws IOException {
        ScriptedImapServer server = ScriptedImapServer.playing("S: <endless>* 1 EXISTS\nC: <end>");
        try (PlainClient client = PlainClient.of(server)) {
            for (int i = 0; i < 1_000; i++) {
                assertEquals("* 1 EXISTS\r\n", client.line());
            }
        }
        server.close();
    }

    @Test
    void repeatedResponse_endsWithItsCount() throws IOException {
        try (ScriptedImapServer server = ScriptedImapServer.playing("S: <repeat 100000>* 1 EXISTS\nS: <close>");
                PlainClient client = PlainClient.of(server)) {
            assertEquals(1_200_000, client.skipAll());
        }
    }

    @Test
    void close_isSeenAfterAllThatWasSent() throws IOException {
        try (ScriptedImapServer server = ScriptedImapServer.playing("S: * BYE\nS: <close>");
                PlainClient client = PlainClient.of(server)) {
            client.send("A1 never read\r\n");
            assertEquals("* BYE\r\n", client.line());
            assertEquals(-1, client.in().read());
        }
    }

    @Test
    void reset_isNoOrderlyEnd() throws IOException {
        try (ScriptedImapServer server = ScriptedImapServer.playing("C: go\nS: <reset>");
                PlainClient client = PlainClient.of(server)) {
            client.send("go\r\n");
            assertThrows(SocketException.class, client.in()::read);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            X: hello                  | begin with C: or S:
            S: <tag> OK               | no line before has C: <tag>
            S: <n>                    | no line before has
            S: <octets many>          | needs a number
            S: bye <close>            | stands alone
            S: a<drip>                | stands at the beginning
            S: a<open>b               | stands at the end
            S: \\xg1                  | two hexadecimal digits
            S: <wait >                | needs a name
            C: <octets n>             | no line before has
            C: a<octets 1>            | stands at the beginning
            C: more <any>             | stands alone
            """)
    void scriptThatIsNotUnderstood_isRefusedWithItsLine(String line, String reason) {
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> ScriptedImapServer.playing("# comment\n\n" + line));
        String message = String.valueOf(error.getMessage());
        assertTrue(message.startsWith("line 3 of the script, " + line + ": "), message);
        assertTrue(message.contains(reason), message);
    }

    @Test
    void lineAfterTheEnd_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> ScriptedImapServer.playing("S: <close>\nS: more"));
        assertThrows(IllegalArgumentException.class, () -> ScriptedImapServer.playing("C: <any>\nS: more"));
    }
}
