package dev.steadymail.imap.command;

import static dev.steadymail.imap.command.Dialogue.answer;
import static dev.steadymail.imap.command.Dialogue.assertSends;
import static dev.steadymail.imap.command.Dialogue.complete;
import static dev.steadymail.imap.command.Dialogue.sent;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.steadymail.imap.codec.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SessionCommandsTest {
    @Test
    void capability_isSentAndRead() {
        assertSends("CAPABILITY", new Capability());
        assertEquals(
                Set.of("IMAP4REV1", "IDLE", "AUTH=PLAIN"),
                answer(new Capability(), "* CAPABILITY IMAP4rev1 idle AUTH=PLAIN", "* 3 EXISTS"));
    }

    @Test
    void capability_inCodes_counts() {
        assertEquals(Set.of("IMAP4REV1", "A"), answer(new Capability(), "* OK [CAPABILITY imap4rev1  a] hello"));
        assertEquals(Set.of("B"), complete(new Capability(), "[CAPABILITY B] done"));
        assertEquals(
                Optional.of(Set.of("C")),
                Capability.in(Dialogue.replies("* PREAUTH [CAPABILITY C] hello")
                        .get(0)
                        .response()));
        assertEquals(
                Optional.empty(),
                Capability.in(Dialogue.replies("* NO [CAPABILITY C] no").get(0).response()));
    }

    @Test
    void capability_withoutAnswer_isAnError() {
        assertThrows(NoAnswerException.class, () -> answer(new Capability(), "* OK hello"));
    }

    @Test
    void id_tellsNameAndVersion_orNothing() {
        assertSends("ID (\"name\" \"mail\" \"version\" \"1.0\")", Id.of("mail", "1.0"));
        assertSends("ID NIL", Id.anonymous());
        assertEquals(
                "A1 ID (\"name\" {2}\r\n<go>\u00c3\u00bc \"version\" \"1\")\r\n",
                sent(Dialogue.PLAIN, Id.of("\u00fc", "1")));
        assertEquals(
                Map.of("name", "Dovecot", "version", ""),
                answer(Id.anonymous(), "* ID (\"Name\" \"Dovecot\" \"version\" NIL)"));
        assertEquals(Map.of(), answer(Id.anonymous(), "* ID NIL"));
    }

    @Test
    void enable_tellsWhatIsEnabled() {
        Enable enable = new Enable(List.of("QRESYNC", "UTF8=ACCEPT"));
        assertSends("ENABLE QRESYNC UTF8=ACCEPT", enable);
        assertEquals(Set.of("QRESYNC", "X"), answer(enable, "* ENABLED qresync", "* ENABLED X"));
        assertEquals(Set.of(), answer(new Enable(List.of("QRESYNC"))));
    }

    @Test
    void namespace_isSentAndRead() {
        assertSends("NAMESPACE", new Namespace());
        Response.Namespaces told =
                answer(new Namespace(), "* NAMESPACE ((\"\" \"/\")(\"#mh/\" \"/\")) NIL ((\"s.\" NIL))");
        assertEquals("#mh/", told.personal().get(1).prefix());
        assertEquals(List.of(), told.other());
        assertNull(told.shared().get(0).delimiter());
        assertThrows(NoAnswerException.class, () -> answer(new Namespace()));
    }

    @Test
    void login_isSent_asItsCharactersNeed() {
        assertSends("LOGIN \"ada\" \"pass \\\"word\\\\\"", new Login("ada", "pass \"word\\"));
        assertEquals(
                "A1 LOGIN \"ada\" {3}\r\n<go>\u00c3\u00bc!\r\n", sent(Dialogue.PLAIN, new Login("ada", "\u00fc!")));
        assertEquals("A1 LOGIN \"ada\" {3+}\r\n\u00c3\u00bc!\r\n", sent(Dialogue.MINUS, new Login("ada", "\u00fc!")));
        assertThrows(IllegalArgumentException.class, () -> new Login("ada", "a\r\nb").command());
    }

    @Test
    void login_tellsCapabilities_whereTheServerDoes() {
        assertEquals(Optional.empty(), answer(new Login("ada", "secret")));
        assertEquals(Optional.of(Set.of("A")), complete(new Login("ada", "secret"), "[CAPABILITY A] in"));
        assertEquals(Optional.of(Set.of("B")), answer(new Login("ada", "secret"), "* CAPABILITY B", "* 1 EXISTS"));
    }

    @Test
    void login_showsNothing() {
        Login login = new Login("ada", "secret");
        String shown = login + login.command().toString() + Dialogue.PLAIN.encode("A1", login.command());
        assertFalse(shown.contains("ada") || shown.contains("secret"), shown);
    }

    @Test
    void commandsWithoutArguments_areSent() {
        assertSends("NOOP", new Noop());
        assertSends("LOGOUT", new Logout());
        assertSends("STARTTLS", new StartTls());
        assertSends("COMPRESS DEFLATE", new Compress());
        assertSends("UNSELECT", new Unselect());
        assertEquals(
                "COMPRESSIONACTIVE",
                complete(new Compress(), "[COMPRESSIONACTIVE] on").code());
        assertEquals("bye now", complete(new Logout(), "bye now").text());
    }
}
