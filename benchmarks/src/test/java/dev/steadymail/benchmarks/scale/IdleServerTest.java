package dev.steadymail.benchmarks.scale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the server against the JDK's own sockets. */
class IdleServerTest {
    private static final int CLIENTS = 200;
    private static final int ADDRESSES = 10;

    @TempDir
    Path folder;

    private final List<BlockingClient> clients = new ArrayList<>();
    private IdleServer server;
    private Thread thread;
    private SSLContext trust;
    private BlockingClient control;

    @BeforeEach
    void start() throws Exception {
        server = new IdleServer(IdleServer.options("--folder", folder.toString(), "--addresses", ADDRESSES + ""));
        thread = new Thread(this::run);
        thread.start();
        trust = Identity.trusting(server.authority());
        control = new BlockingClient(new Socket(InetAddress.getLoopbackAddress(), server.controlPort()));
    }

    @AfterEach
    void end() throws Exception {
        for (BlockingClient client : clients) {
            client.close();
        }
        control.say("quit\n");
        thread.join();
        control.close();
    }

    @Test
    void everyClientInIdle_isToldOfDelivery_andIsCut() throws Exception {
        for (int i = 0; i < CLIENTS; i++) {
            connect(i).idle("user-" + i);
        }
        assertEquals("{\"idle\":200,\"loggedIn\":200,\"open\":200,\"users\":200}", obey("count"));
        assertEquals("{\"delivered\":200,\"told\":200}", obey("deliver all"));
        for (BlockingClient client : clients) {
            assertEquals("* 4 EXISTS", client.line());
        }
        assertEquals("{\"cut\":200}", obey("cut"));
        for (BlockingClient client : clients) {
            assertThrows(SocketException.class, client::line);
        }
        assertTrue(obey("connects").contains("\"127.0.1.10\":20"), () -> obey("connects"));
        assertEquals("{\"EXAMINE\":200,\"IDLE\":200,\"LOGIN\":200}", obey("commands"));
        assertEquals("{\"idle\":0,\"loggedIn\":0,\"open\":0,\"users\":200}", obey("count"));
    }

    @Test
    void delivery_outsideIdle_isToldWithTheNextCommand_andIsKeptForTheNextSession() throws Exception {
        BlockingClient ada = connect(0);
        ada.idle("ada");
        assertEquals(List.of("c OK done"), ada.ask("DONE", "c "));
        assertEquals("{\"delivered\":1,\"told\":0}", obey("deliver ada"));
        assertEquals(List.of("* 4 EXISTS", "d OK done"), ada.ask("d NOOP", "d "));
        assertEquals("{\"delivered\":0,\"told\":0}", obey("deliver grace"));
        BlockingClient again = connect(0);
        List<String> unused = again.ask("a AUTHENTICATE PLAIN AGFkYQBzZWNyZXQ=", "a OK");
        assertEquals(
                List.of(
                        "* LIST (\\HasNoChildren) \"/\" INBOX",
                        "* STATUS INBOX (MESSAGES 4 UIDNEXT 5 UIDVALIDITY 1760000000 HIGHESTMODSEQ 5)",
                        "b OK done"),
                again.ask("b LIST \"\" \"*\" RETURN (STATUS (MESSAGES UIDNEXT UIDVALIDITY HIGHESTMODSEQ))", "b "));
    }

    @Test
    void literalsAndAnEmptyInitialResponse_logIn() throws Exception {
        BlockingClient ada = connect(0);
        assertEquals(List.of("+ go on"), ada.ask("a LOGIN {3}", "+"));
        assertTrue(ada.ask("ada {6+}\r\nse\"ret", "a ").get(0).startsWith("a OK"));
        BlockingClient grace = connect(1);
        assertEquals(List.of("+ "), grace.ask("a AUTHENTICATE PLAIN", "+"));
        assertTrue(grace.ask("AGdyYWNlAHg=", "a ").get(0).startsWith("a OK"));
        assertEquals("{\"idle\":0,\"loggedIn\":2,\"open\":2,\"users\":2}", obey("count"));
    }

    @Test
    void searchAndFetch_tellWhatIsThere() throws Exception {
        BlockingClient ada = connect(0);
        ada.idle("ada");
        List<String> unused = ada.ask("DONE", "c ");
        assertEquals(
                List.of("* ESEARCH (TAG \"d\") UID ALL 1:3", "d OK done"),
                ada.ask("d UID SEARCH RETURN (ALL) ALL", "d "));
        assertEquals(List.of("* SEARCH 2 3", "e OK done"), ada.ask("e UID SEARCH UID 2:*", "e "));
        assertEquals(
                List.of("* 3 FETCH (UID 3 FLAGS () RFC822.SIZE 403 MODSEQ (4))", "f OK done"),
                ada.ask("f UID FETCH 1:* (UID FLAGS RFC822.SIZE) (CHANGEDSINCE 3)", "f "));
        assertEquals(
                List.of(
                        "* 1 FETCH (UID 1 INTERNALDATE \"05-Jan-2026 10:01:00 +0000\" ENVELOPE ("
                                + "\"Mon, 5 Jan 2026 10:01:00 +0000\" \"Message 1\""
                                + " ((\"Ada\" NIL \"ada\" \"sender.example\"))".repeat(3)
                                + " ((NIL NIL \"user\" \"receiver.example\")) NIL NIL NIL \"<1@sender.example>\"))",
                        "g OK done"),
                ada.ask("g UID FETCH 1 (INTERNALDATE ENVELOPE)", "g "));
        assertEquals(
                List.of("* 2 FETCH (UID 2 BODY[HEADER.FIELDS (REFERENCES)] {2}", "", ")", "i OK done"),
                ada.ask("i UID FETCH 2 (UID BODY.PEEK[HEADER.FIELDS (REFERENCES)])", "i "));
        assertEquals(List.of("h BAD unknown command"), ada.ask("h UID STORE 1 FLAGS ()", "h "));
    }

    @Test
    void limit_turnsAwayWhoComesOnTop_andRefuse_everyone() throws Exception {
        assertEquals("{\"ok\":true}", obey("limit 1"));
        connect(0).idle("ada");
        assertEquals("* BYE [LIMIT] Too many connections", greeting(0));
        assertTrue(obey("connects").matches(".*\"turnedAway\":1\\b.*"), () -> obey("connects"));
        assertTrue(greeting(1).startsWith("* OK "));
        assertEquals("{\"ok\":true}", obey("refuse on"));
        assertThrows(IOException.class, () -> greeting(2));
        assertTrue(obey("nonsense").startsWith("{\"error\":"));
    }

    @Test
    void logout_endsTheConnection() throws Exception {
        BlockingClient ada = connect(0);
        ada.idle("ada");
        List<String> unused = ada.ask("DONE", "c ");
        assertEquals(List.of("* BYE until later", "d OK done"), ada.ask("d LOGOUT", "d "));
        assertNull(ada.line());
    }

    private void run() {
        try {
            server.run();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private String obey(String command) {
        try {
            control.say(command + "\n");
            return control.line();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private BlockingClient connect(int number) throws IOException {
        BlockingClient client = secure(number);
        String greeting = client.line();
        assertTrue(greeting.startsWith("* OK [CAPABILITY IMAP4rev1 IDLE "), greeting);
        return client;
    }

    private String greeting(int number) throws IOException {
        return secure(number).line();
    }

    private BlockingClient secure(int number) throws IOException {
        String address = "127.0.1." + (number % ADDRESSES + 1);
        SSLSocket socket = (SSLSocket) trust.getSocketFactory().createSocket(address, server.port());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        BlockingClient client = new BlockingClient(socket);
        clients.add(client);
        return client;
    }
}
