package dev.steadymail.testkit.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A client that follows a script. {@code C:} lines are sent, {@code S:} lines must come, exactly, or by their beginning if they end with
 * {@code ...}. A literal is written as the lines it consists of. {@code S: <end>} is the end of the connection.
 */
final class ImapDialogue implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 10_000;
    private static final String END = "<end>";

    private final Socket socket;
    private final InputStream in;

    private ImapDialogue(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(TIMEOUT_MILLIS);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static ImapDialogue over(Socket socket) throws IOException {
        return new ImapDialogue(socket);
    }

    static ImapDialogue connect(ImapTestServer server) throws IOException {
        return over(new Socket(InetAddress.getLoopbackAddress(), server.port()));
    }

    static ImapDialogue greeted(ImapTestServer server) throws IOException {
        return connect(server).play("S: * OK [CAPABILITY ...");
    }

    static ImapDialogue loggedIn(ImapTestServer server) throws IOException {
        return greeted(server).play("""
                C: in LOGIN ada@example.com secret
                S: in OK [CAPABILITY ...
                """);
    }

    /** Selects without a look at the answer, which has its own test. */
    static ImapDialogue selected(ImapTestServer server, String mailbox) throws IOException {
        ImapDialogue dialogue = loggedIn(server);
        dialogue.send("sel SELECT " + mailbox);
        String line = dialogue.receive();
        while (!line.startsWith("sel ")) {
            line = dialogue.receive();
        }
        assertTrue(line.startsWith("sel OK"), line);
        return dialogue;
    }

    ImapDialogue play(String script) throws IOException {
        for (String line : script.lines().toList()) {
            if (line.startsWith("C: ")) {
                send(line.substring(3));
            } else if (line.startsWith("S:")) {
                expect(line.substring(Math.min(3, line.length())));
            } else {
                throw new IllegalArgumentException("script lines begin with C: or S:");
            }
        }
        return this;
    }

    void send(String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    }

    private void expect(String wanted) throws IOException {
        String line = receive();
        if (wanted.endsWith("...")) {
            String start = wanted.substring(0, wanted.length() - 3);
            assertTrue(line.startsWith(start), () -> "wanted " + wanted + "\nbut got " + line);
        } else {
            assertEquals(wanted, line);
        }
    }

    String receive() throws IOException {
        try {
            String line = readLine();
            return line == null ? END : line;
        } catch (SocketException reset) {
            // An end with input unread arrives as a reset.
            return END;
        }
    }

    private @Nullable String readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0 && next != '\n') {
            line.write(next);
            next = in.read();
        }
        String text = line.toString(StandardCharsets.UTF_8);
        if (next < 0) {
            return text.isEmpty() ? null : text + END;
        }
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text + "<bare line feed>";
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
