package dev.steadymail.benchmarks.scale;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes and reads lines on a socket that is connected; reads wait 20 s at most. */
final class BlockingClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final BufferedReader in;

    BlockingClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    void say(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Returns the next line, null at the end. */
    String line() throws IOException {
        return in.readLine();
    }

    /** Sends a line and returns the lines up to the one that starts with the given text. */
    List<String> ask(String line, String last) throws IOException {
        say(line + "\r\n");
        List<String> lines = new ArrayList<>();
        for (String next = line(); next != null; next = line()) {
            lines.add(next);
            if (next.startsWith(last)) {
                return lines;
            }
        }
        throw new IOException("the end came before " + last + ": " + lines);
    }

    /** Waits in IDLE on INBOX. */
    void idle(String user) throws IOException {
        List<String> unused = ask("a LOGIN " + user + " secret", "a OK");
        unused = ask("b EXAMINE INBOX", "b OK");
        unused = ask("c IDLE", "+");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
