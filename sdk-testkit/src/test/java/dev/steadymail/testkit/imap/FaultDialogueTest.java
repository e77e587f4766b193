package dev.steadymail.testkit.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultDialogueTest {

    private final ImapTestServer server = Messages.server();

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void greetingBye_onceThenNormal() throws IOException {
        server.inject(new ImapFault.GreetingBye("[UNAVAILABLE] down"));
        try (ImapDialogue client = ImapDialogue.connect(server)) {
            client.play("S: * BYE [UNAVAILABLE] down\nS: <end>");
        }
        ImapDialogue.greeted(server).close();
    }

    @Test
    void neverGreet_saysNothing() throws IOException {
        server.inject(new ImapFault.NeverGreet());
        try (ImapDialogue client = ImapDialogue.connect(server)) {
            assertSilent(client);
        }
    }

    private static void assertSilent(ImapDialogue client) throws IOException {
        client.socket().setSoTimeout(50);
        assertThrows(SocketTimeoutException.class, client::receive);
    }

    @Test
    void delayGreeting_greetsLater() throws IOException {
        Duration delay = Duration.ofMillis(30);
        server.inject(new ImapFault.DelayGreeting(delay));
        long start = System.nanoTime();
        ImapDialogue.greeted(server).close();
        assertTrue(System.nanoTime() - start >= delay.toNanos());
    }

    @Test
    void delayGreeting_endsWithTheServer() throws IOException {
        server.inject(new ImapFault.DelayGreeting(Duration.ofHours(1)));
        try (ImapDialogue client = ImapDialogue.connect(server)) {
            server.close();
            client.play("S: <end>");
        }
    }

    @Test
    void answersByCommand_areCounted() throws IOException {
        server.inject(
                new ImapFault.NoOn("noop", "INUSE", "busy"), FaultCount.times(2).after(1));
        server.inject(new ImapFault.BadOn("NAMESPACE", "not today"));
        try (ImapDialogue client = ImapDialogue.loggedIn(server)) {
            client.play("""
                    C: a NOOP
                    S: a OK nothing to do
                    C: b NOOP
                    S: b NO [INUSE] busy
                    C: c NOOP
                    S: c NO [INUSE] busy
                    C: d NOOP
                    S: d OK nothing to do
                    C: e NAMESPACE
                    S: e BAD not today
                    """);
            server.inject(new ImapFault.NoOn("*", "", "never"), FaultCount.always());
            client.play("C: f NOOP\nS: f NO never\nC: g NAMESPACE\nS: g NO never");
            server.clearFaults();
            server.inject(new ImapFault.ByeOn("NOOP", "enough"));
            client.play("C: h NOOP\nS: * BYE enough\nS: <end>");
        }
    }

    @Test
    void disconnectOn_doesNotDoTheCommand() throws IOException {
        server.inject(new ImapFault.DisconnectOn("CREATE"));
        ImapDialogue.loggedIn(server).play("C: a CREATE Work\nS: <end>").close();
        assertEquals(6, server.account(Messages.USER).mailboxes().size());
    }

    @Test
    void dropAfterCommand_doesTheCommand() throws IOException {
        server.inject(new ImapFault.DropAfterCommand("APPEND"));
        ImapDialogue.loggedIn(server)
                .play("C: a APPEND INBOX {1+}\nC: x\nS: <end>")
                .close();
        assertEquals(1, server.account(Messages.USER).messages("INBOX").size());
    }

    @Test
    void dropAfterCommand_sendsUntaggedData() throws IOException {
        Messages.fill(server, "INBOX", 1);
        server.inject(new ImapFault.DropAfterCommand("UID FETCH"));
        ImapDialogue.selected(server, "INBOX")
                .play("C: a UID FETCH 1 UID\nS: * 1 FETCH (UID 1)\nS: <end>")
                .close();
    }

    @Test
    void silentOn_keepsTheConnectionOpen() throws IOException {
        server.inject(new ImapFault.SilentOn("NOOP"));
        try (ImapDialogue client = ImapDialogue.loggedIn(server)) {
            client.play("C: a NOOP\nC: b NOOP");
            assertSilent(client);
        }
    }

    @Test
    void truncateLiteral_announcesAllSendsSome() throws IOException {
        Messages.fill(server, "INBOX", 1);
        server.inject(new ImapFault.TruncateLiteral(9));
        ImapDialogue.selected(server, "INBOX")
                .play("C: a FETCH 1 BODY.PEEK[]\nS: * 1 FETCH (BODY[] {23}\nS: Subject: <end>\nS: <end>")
                .close();
    }

    @Test
    void disconnectAfterBytes_cutsExactlyThere() throws IOException {
        server.inject(new ImapFault.DisconnectAfterBytes(4));
        ImapDialogue.connect(server).play("S: * OK<end>").close();
        server.inject(new ImapFault.DisconnectAfterBytes(24), FaultCount.once().after(2));
        ImapDialogue.loggedIn(server)
                .play("C: a NOOP\nS: a OK nothing to do\nC: b NOOP\nS: b OK<end>")
                .close();
    }

    @Test
    void disconnectAll_leavesTheServerRunning() throws IOException {
        try (ImapDialogue client = ImapDialogue.loggedIn(server)) {
            server.disconnectAll();
            client.play("S: <end>");
        }
        ImapDialogue.loggedIn(server).close();
    }

    @Test
    void faults_checkTheirValues() {
        assertThrows(IllegalArgumentException.class, () -> new ImapFault.DisconnectAfterBytes(-1));
        assertThrows(IllegalArgumentException.class, () -> new ImapFault.TruncateLiteral(-1));
        assertThrows(IllegalArgumentException.class, () -> new ImapFault.SilentOn(" "));
        assertThrows(IllegalArgumentException.class, () -> new ImapFault.GreetingBye("two\r\nlines"));
        assertThrows(IllegalArgumentException.class, () -> new ImapFault.DelayGreeting(Duration.ofSeconds(-1)));
        assertThrows(IllegalArgumentException.class, () -> FaultCount.times(0));
        assertThrows(IllegalArgumentException.class, () -> FaultCount.once().after(-1));
    }
}
