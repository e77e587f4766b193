package dev.steadymail.testkit.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionDialogueTest {

    private ImapTestServer server = Messages.server();

    @AfterEach
    void closeServer() {
        server.close();
    }

    private void restart(ImapCapability... without) {
        server.close();
        server = Messages.server(without);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void capability_changesWithLogin() throws IOException {
        try (ImapDialogue client = ImapDialogue.connect(server)) {
            client.play("""
                    S: * OK [CAPABILITY IMAP4rev1 IDLE CONDSTORE MOVE UIDPLUS ESEARCH LIST-EXTENDED LIST-STATUS SPECIAL-USE STATUS=SIZE LITERAL+ SASL-IR AUTH=PLAIN AUTH=XOAUTH2 ENABLE ID NAMESPACE UNSELECT CHILDREN] ready
                    C: a LOGIN ada@example.com secret
                    S: a OK [CAPABILITY IMAP4rev1 IDLE CONDSTORE MOVE UIDPLUS ESEARCH LIST-EXTENDED LIST-STATUS SPECIAL-USE STATUS=SIZE LITERAL+ SASL-IR ENABLE ID NAMESPACE UNSELECT CHILDREN] logged in
                    C: b CAPABILITY
                    S: * CAPABILITY IMAP4rev1 IDLE ...
                    S: b OK CAPABILITY done
                    """);
        }
    }

    @Test
    void login_withWrongPasswordThenLiterals_letsIn() throws IOException {
        try (ImapDialogue client = ImapDialogue.greeted(server)) {
            client.play("""
                    C: a LOGIN ada@example.com wrong
                    S: a NO [AUTHENTICATIONFAILED] invalid credentials
                    C: b LOGIN nobody secret
                    S: b NO [AUTHENTICATIONFAILED] invalid credentials
                    C: c LOGIN {15}
                    S: + go ahead
                    C: ada@example.com {6+}
                    C: secret
                    S: c OK [CAPABILITY ...
                    C: d LOGIN ada@example.com secret
                    S: d BAD the command is not allowed in this state
                    C: e LOGOUT
                    S: * BYE logging out
                    S: e OK LOGOUT done
                    S: <end>
                    """);
        }
    }

    @Test
    void authenticatePlain_withAndWithoutInitialResponse() throws IOException {
        String good = base64("\0ada@example.com\0secret");
        try (ImapDialogue client = ImapDialogue.greeted(server)) {
            client.play("C: a AUTHENTICATE PLAIN " + base64("\0ada@example.com\0bad"));
            client.play("S: a NO [AUTHENTICATIONFAILED] invalid credentials");
            client.play("C: b AUTHENTICATE PLAIN\nS: + \nC: *\nS: b BAD AUTHENTICATE was given up");
            client.play("C: c AUTHENTICATE PLAIN\nS: + \nC: " + good + "\nS: c OK [CAPABILITY ...");
        }
        assertEquals(
                List.of(
                        "AUTHENTICATE PLAIN <redacted>",
                        "AUTHENTICATE PLAIN <redacted>",
                        "AUTHENTICATE PLAIN <redacted>"),
                server.log());
    }

    @Test
    void authenticateXoauth2_explainsAWrongToken() throws IOException {
        server.account(Messages.USER).setAccessTokens("fresh");
        String stale = base64("user=ada@example.com\1auth=Bearer stale\1\1");
        String fresh = base64("user=ada@example.com\1auth=Bearer fresh\1\1");
        try (ImapDialogue client = ImapDialogue.greeted(server)) {
            client.play(
                    "C: a AUTHENTICATE XOAUTH2 " + stale + "\nS: + eyJ...\nC: \nS: a NO [AUTHENTICATIONFAILED] ...");
            client.play("C: b AUTHENTICATE XOAUTH2 " + fresh + "\nS: b OK [CAPABILITY ...");
        }
    }

    @Test
    void log_hidesPasswords() throws IOException {
        ImapDialogue.loggedIn(server).play("C: x NOOP\nS: x OK ...").close();
        assertEquals(List.of("LOGIN <redacted>", "NOOP"), server.log());
        server.clearLog();
        assertEquals(List.of(), server.log());
    }

    @Test
    void smallCommands_answer() throws IOException {
        try (ImapDialogue client = ImapDialogue.loggedIn(server)) {
            client.play("""
                    C: a NOOP
                    S: a OK nothing to do
                    C: b ID ("name" "x" "version" NIL)
                    S: * ID ("name" "steadymail-testkit")
                    S: b OK ID done
                    C: c NAMESPACE
                    S: * NAMESPACE (("" "/")) NIL NIL
                    S: c OK NAMESPACE done
                    C: d ENABLE CONDSTORE QRESYNC
                    S: * ENABLED CONDSTORE
                    S: d OK ENABLE done
                    C: e FETCH 1 FLAGS
                    S: e BAD the command is not allowed in this state
                    C: f FROBNICATE
                    S: f BAD this server has no such command
                    C: g
                    S: g BAD expected ' ' at octet 1
                    C: (
                    S: * BAD a command begins with a tag
                    C: h NOOP twice
                    S: h BAD unexpected text at octet 6
                    """);
        }
    }

    @Test
    void withoutCapabilities_theirCommandsAreUnknown() throws IOException {
        restart(ImapCapability.values());
        try (ImapDialogue client = ImapDialogue.connect(server)) {
            client.play("""
                    S: * OK [CAPABILITY IMAP4rev1 CHILDREN] ready
                    C: a AUTHENTICATE PLAIN AGEAYg==
                    S: a NO [CANNOT] this mechanism is not supported
                    C: b LOGIN ada@example.com secret
                    S: b OK [CAPABILITY IMAP4rev1 CHILDREN] logged in
                    C: c IDLE
                    S: c BAD this server has no such command
                    C: d ENABLE CONDSTORE
                    S: d BAD this server has no such command
                    C: e LIST "" * RETURN (SPECIAL-USE)
                    S: e BAD this server has no LIST-EXTENDED
                    C: f STATUS INBOX (HIGHESTMODSEQ)
                    S: f BAD this server has no CONDSTORE
                    C: g LIST "" S*
                    S: * LIST (\\HasNoChildren) "/" "Sent"
                    S: g OK LIST done
                    C: h SELECT INBOX
                    S: * FLAGS (\\Answered \\Deleted \\Draft \\Flagged \\Seen)
                    S: * OK [PERMANENTFLAGS (\\Answered \\Deleted \\Draft \\Flagged \\Seen \\*)] flags that last
                    S: * 0 EXISTS
                    S: * 0 RECENT
                    S: * OK [UIDVALIDITY 1001] UIDs are valid
                    S: * OK [UIDNEXT 1] next UID
                    S: * OK [NOMODSEQ] no modification sequences here
                    S: h OK [READ-WRITE] mailbox selected
                    C: i UID SEARCH RETURN (ALL) ALL
                    S: i BAD this server has no ESEARCH
                    C: j UID MOVE 1 Sent
                    S: j BAD this server has no such command
                    C: k UID EXPUNGE 1
                    S: k BAD this server has no such command
                    C: l FETCH 1 (MODSEQ)
                    S: l BAD this server has no CONDSTORE
                    C: m UNSELECT
                    S: m BAD this server has no such command
                    C: n SELECT {5+}
                    S: n BAD this server has no LITERAL+
                    S: * BYE cannot go on after this
                    S: <end>
                    """);
        }
    }

    @Test
    void saslInitialResponse_withoutCapability_isRefused() throws IOException {
        restart(ImapCapability.SASL_IR);
        try (ImapDialogue client = ImapDialogue.greeted(server)) {
            client.play("C: a AUTHENTICATE PLAIN AGEAYg==\nS: a BAD this server has no SASL-IR");
        }
    }

    @Test
    void oversizedInput_isRefused() throws IOException {
        try (ImapDialogue client = ImapDialogue.loggedIn(server)) {
            client.play("C: a APPEND INBOX {67108865}\nS: a NO [TOOBIG] literals end at 67108864 octets");
            client.play("C: b NOOP\nS: b OK ...");
            client.send("c " + "x".repeat(CommandInput.MAX_LINE_BYTES));
            client.play("S: * BAD lines end at 65536 octets\nS: * BYE ...");
        }
    }

    @Test
    void maxConnections_refusesFurtherOnes() throws IOException {
        server.close();
        server = ImapTestServer.builder()
                .user(Messages.USER, "secret")
                .maxConnections(1)
                .start();
        try (ImapDialogue first = ImapDialogue.loggedIn(server);
                ImapDialogue second = ImapDialogue.connect(server)) {
            second.play("S: * BYE [LIMIT] too many simultaneous connections\nS: <end>");
            first.play("C: a NOOP\nS: a OK ...");
            assertEquals(1, server.connections());
        }
    }

    @Test
    void close_endsConnections() throws IOException {
        ImapDialogue client = ImapDialogue.loggedIn(server);
        server.close();
        server.close();
        client.play("S: <end>");
        assertFalse(client.socket().isClosed());
        client.close();
    }
}
