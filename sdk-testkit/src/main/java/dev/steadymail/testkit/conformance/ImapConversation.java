package dev.steadymail.testkit.conformance;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One plain IMAP connection to this machine: a command goes out, its untagged lines come back. Not thread-safe. */
final class ImapConversation implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = (int) Duration.ofSeconds(15).toMillis();
    private static final int MAX_LINE = 64 << 10;
    private static final int MAX_LINES = 20_000;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;
    private int lastTag;

    ImapConversation(int port) {
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
            out = new BufferedOutputStream(socket.getOutputStream());
            line();
        } catch (IOException failure) {
            close();
            throw new UncheckedIOException(failure);
        }
    }

    /** Sends a command and returns the lines before its OK. */
    List<String> command(String text) {
        try {
            String tag = send(text);
            return untilOk(tag, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Sends a command that ends with a literal. */
    void command(String text, byte[] literal) {
        try {
            String tag = send(text + " {" + literal.length + "}");
            String answer = line();
            while (answer.startsWith("* ")) {
                answer = line();
            }
            if (!answer.startsWith("+")) {
                throw refused(text);
            }
            out.write(literal);
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            untilOk(tag, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private String send(String text) throws IOException {
        String tag = "B" + ++lastTag;
        out.write((tag + " " + text + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return tag;
    }

    private List<String> untilOk(String tag, String text) throws IOException {
        List<String> lines = new ArrayList<>();
        while (lines.size() < MAX_LINES) {
            String line = line();
            if (line.startsWith(tag + " ")) {
                if (line.startsWith(tag + " OK")) {
                    return lines;
                }
                throw refused(text);
            }
            lines.add(line);
        }
        throw new IllegalStateException("the server sent more than " + MAX_LINES + " lines");
    }

    /** Names the verb only, since arguments may be secret. */
    private static IllegalStateException refused(String text) {
        return new IllegalStateException("the server refused " + text.split(" ", 2)[0]);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (line.size() == MAX_LINE) {
                throw new IllegalStateException("the server sent a line of more than " + MAX_LINE + " octets");
            }
            line.write(c);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
