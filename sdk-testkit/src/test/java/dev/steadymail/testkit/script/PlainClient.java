package dev.steadymail.testkit.script;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A client that sends and reads what it is told, one octet a character. */
final class PlainClient implements AutoCloseable {

    private static final int TIMEOUT_MILLIS = 10_000;

    private final Socket socket;

    private PlainClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(TIMEOUT_MILLIS);
    }

    static PlainClient over(Socket socket) throws IOException {
        return new PlainClient(socket);
    }

    static PlainClient of(ScriptedImapServer server) throws IOException {
        return over(new Socket(InetAddress.getLoopbackAddress(), server.port()));
    }

    void send(String octets) throws IOException {
        socket.getOutputStream().write(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Returns so many octets, or fewer at the end of the connection. */
    String read(int count) throws IOException {
        return new String(in().readNBytes(count), StandardCharsets.ISO_8859_1);
    }

    /** Returns the next line with its end, or what there is at the end of the connection. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int next = in().read();
        while (next >= 0) {
            line.append((char) next);
            if (next == '\n') {
                return line.toString();
            }
            next = in().read();
        }
        return line.toString();
    }

    /** Returns how many octets come before the end. */
    long skipAll() throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long count = 0;
        for (int more = in().read(buffer); more >= 0; more = in().read(buffer)) {
            count += more;
        }
        return count;
    }

    /** Returns whether the connection ends here, with a reset or without. */
    boolean isAtEnd() throws IOException {
        try {
            return in().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }

    InputStream in() throws IOException {
        return socket.getInputStream();
    }

    Socket socket() {
        return socket;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
