package dev.steadymail.imap.command;

import static dev.steadymail.imap.command.Dialogue.MINUS;
import static dev.steadymail.imap.command.Dialogue.PLAIN;
import static dev.steadymail.imap.command.Dialogue.PLUS;
import static dev.steadymail.imap.command.Dialogue.UTF8;
import static dev.steadymail.imap.command.Dialogue.sent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandEncoderTest {
    private static final Command SELECT = Command.named("SELECT");

    @Test
    void emptyString_isQuoted() {
        assertEquals("A1 SELECT \"\"\r\n", sent(PLAIN, SELECT.text("")));
    }

    @Test
    void quotesAndBackslashes_areEscaped() {
        assertEquals("A1 SELECT \"a\\\"b\\\\c\"\r\n", sent(PLAIN, SELECT.text("a\"b\\c")));
    }

    @Test
    void whatLooksLikeALiteral_isQuoted() {
        assertEquals(
                "A1 SELECT \"{5}\" \"~{5+}\"\r\n",
                sent(PLAIN, SELECT.text("{5}").text("~{5+}")));
    }

    @Test
    void beyondAscii_isALiteral() {
        Command command = SELECT.text("\u00fc").words("x");
        assertEquals("A1 SELECT {2}\r\n<go>\u00c3\u00bc x\r\n", sent(PLAIN, command));
        assertEquals("A1 SELECT {2+}\r\n\u00c3\u00bc x\r\n", sent(PLUS, command));
        assertEquals("A1 SELECT {2+}\r\n\u00c3\u00bc x\r\n", sent(MINUS, command));
    }

    @Test
    void beyondAscii_withUtf8Accepted_isQuoted() {
        assertEquals("A1 SELECT \"\u00c3\u00bc\"\r\n", sent(UTF8, SELECT.text("\u00fc")));
    }

    /** RFC 6855 section 3 lets quotes hold UTF-8, and nothing else beyond ASCII. */
    @Test
    void octetsThatAreNoUtf8_withUtf8Accepted_areALiteral() {
        assertEquals("A1 SELECT {1}\r\n<go>\u00fc\r\n", sent(UTF8, SELECT.mailbox("\u00fc")));
        assertEquals("A1 SELECT \"\u00c3\u00bc\"\r\n", sent(UTF8, SELECT.mailbox("\u00c3\u00bc")));
    }

    @Test
    void longString_isALiteral_thatIsAskedForBeyond4096Octets() {
        assertEquals(
                "A1 SELECT {4096+}\r\n",
                sent(MINUS, SELECT.text("a".repeat(4096))).substring(0, 19));
        assertEquals(
                "A1 SELECT {4097}\r\n<go>",
                sent(MINUS, SELECT.text("a".repeat(4097))).substring(0, 22));
        assertEquals(
                "A1 SELECT {4097}\r\n<go>",
                sent(PLUS, SELECT.text("a".repeat(4097))).substring(0, 22));
        assertEquals(
                "A1 SELECT {1001}\r\n<go>",
                sent(PLAIN, SELECT.text("a".repeat(1001))).substring(0, 22));
    }

    @Test
    void parentheses_haveNoSpaceInside() {
        Command command =
                SELECT.words("(").text("a").words("(b").words("c)").words(")").words("d");
        assertEquals("A1 SELECT (\"a\" (b c)) d\r\n", sent(PLAIN, command));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "a ", " a", "a  b", "a\"b", "{3}", "a{", "a\r\nb", "a\nb", "a\tb", "\u00fc", "\0", "\u007f"
            })
    void words_thatCouldBeMore_areRefused(String words) {
        assertThrows(IllegalArgumentException.class, () -> SELECT.words(words));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ",", "1,", ",1", "1:", ":1", "1:2:3", "1 2", "a", "1;2", "-1", "1\r\n", "12345678901", "**"})
    void sets_thatAreNone_areRefused(String set) {
        assertThrows(IllegalArgumentException.class, () -> SELECT.uids(set));
    }

    @Test
    void sets_areWritten_upToALine() {
        assertEquals("A1 SELECT 1:3,7,9:*\r\n", sent(PLAIN, SELECT.uids("1:3,7,9:*")));
        assertEquals("A1 SELECT *\r\n", sent(PLAIN, SELECT.uids("*")));
        String longest = "1,".repeat(3_999) + "12";
        assertEquals(longest.length() + 12, sent(PLAIN, SELECT.uids(longest)).length());
        assertThrows(IllegalArgumentException.class, () -> SELECT.uids(longest + ",1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\\", "a b", "a)", "(a", "\\*", "a*", "a%", "a\"", "a{1}", "a\r", "\u00fc", "a\\b", "\\\\a"})
    void flags_thatAreNone_areRefused(String flag) {
        assertThrows(IllegalArgumentException.class, () -> SELECT.flags(List.of(flag)));
    }

    @Test
    void flags_areWritten() {
        List<String> flags = List.of("\\Seen", "$Junk", "[x]", "a+b/c:d|~}");
        assertEquals("A1 SELECT (\\Seen $Junk [x] a+b/c:d|~})\r\n", sent(PLAIN, SELECT.flags(flags)));
        assertEquals("A1 SELECT ()\r\n", sent(PLAIN, SELECT.flags(List.of())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A 1", "A\r\n", "+", "*", "\u00fc"})
    void tags_thatAreNone_areRefused(String tag) {
        assertThrows(IllegalArgumentException.class, () -> PLAIN.encode(tag, SELECT));
    }

    @Test
    void nothingShown_holdsAString() {
        Command command = SELECT.text("secret").mailbox("secret");
        String shown = command + command.arguments().toString() + PLAIN.encode("A1", command);
        assertFalse(shown.contains("secret"), shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nA2 LOGOUT", "\r", "\n", "\0", "\ud83d", "a\ude00", "\ud83dx\ude00", "\ude00\ud83d"})
    void strings_thatNoLineHolds_areRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> SELECT.text(text));
        assertThrows(IllegalArgumentException.class, () -> SELECT.mailbox(text));
    }

    @Test
    void mailboxName_beyondOctets_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> SELECT.mailbox("\u0100"));
    }
}
