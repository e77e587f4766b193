package dev.steadymail.testkit.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A client on a socket of its own: what it sends is text, and what it reads are whole answers. Each read ends within ten seconds. */
final class SocketClient implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;

    private SocketClient(Socket socket) throws IOException {
        socket.setSoTimeout(TIMEOUT_MILLIS);
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static SocketClient connect(int port) throws IOException {
        return new SocketClient(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** Returns a client behind the answer to EHLO. */
    static SocketClient greeted(int port) throws IOException {
        SocketClient client = connect(port);
        client.answer();
        client.ask("EHLO client.test");
        return client;
    }

    /** Returns the same connection under TLS. */
    SocketClient encrypted(SSLContext context) throws IOException {
        Socket wrapped = context.getSocketFactory().createSocket(socket, "127.0.0.1", socket.getPort(), true);
        ((SSLSocket) wrapped).startHandshake();
        return new SocketClient(wrapped);
    }

    void send(String octets) throws IOException {
        socket.getOutputStream().write(octets.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    /** Sends a line and returns its answer. */
    String ask(String line) throws IOException {
        send(line + "\r\n");
        return answer();
    }

    /** Sends a message to one recipient and returns the last answer. */
    String sendMessage(String messageId) throws IOException {
        send("MAIL FROM:<a@b.c>\r\nRCPT TO:<d@e.f>\r\nDATA\r\n");
        assertEquals("250", answer().substring(0, 3));
        assertEquals("250", answer().substring(0, 3));
        assertEquals("354", answer().substring(0, 3));
        return ask("Message-ID: " + messageId + "\r\n\r\nhello\r\n.");
    }

    /** Returns an answer of one or more lines, or as much as came before the end. */
    String answer() throws IOException {
        StringBuilder answer = new StringBuilder();
        String line = line();
        answer.append(line);
        while (line.length() > 3 && line.charAt(3) == '-') {
            line = line();
            answer.append(line);
        }
        return answer.toString();
    }

    /** Reads until the connection ends; returns how many octets came. */
    long countToEnd() throws IOException {
        long count = 0;
        byte[] octets = new byte[8192];
        for (int read = in.read(octets); read >= 0; read = in.read(octets)) {
            count += read;
        }
        return count;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            line.append((char) octet);
            if (octet == '\n') {
                break;
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
