package dev.steadymail.cli.doctor;

import dev.steadymail.cli.outcome.CommandException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks an IMAP server to begin TLS (RFC 3501 section 6.2.1), and sends nothing else. Bounded, whatever the server sends. */
final class StartTls {
    private static final int MAX_LINES = 100;
    private static final int MAX_LINE_OCTETS = 8 << 10;
    private static final String TAG = "d1 ";

    private final Endpoint endpoint;
    private final Socket tcp;

    StartTls(Endpoint endpoint, Socket tcp) {
        this.endpoint = endpoint;
        this.tcp = tcp;
    }

    void begin() throws IOException {
        if (!line().startsWith("* OK")) {
            throw CommandException.unreached(
                    endpoint.text() + " does not greet as an IMAP server that is ready; check the port, or try later");
        }
        tcp.getOutputStream().write((TAG + "STARTTLS\r\n").getBytes(StandardCharsets.US_ASCII));
        String answer = answer();
        if (!answer.startsWith(TAG + "OK")) {
            throw CommandException.unreached(
                    endpoint.text() + " does not offer STARTTLS; use imaps:// and the port for TLS");
        }
    }

    private String answer() throws IOException {
        for (int lines = 0; lines < MAX_LINES; lines++) {
            String line = line();
            if (line.startsWith(TAG)) {
                return line;
            }
        }
        throw new IOException("the server talks without answering");
    }

    /** Read octet by octet, since what follows the last line belongs to TLS. */
    private String line() throws IOException {
        InputStream in = tcp.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (line.length() >= MAX_LINE_OCTETS) {
                throw new IOException("the server's line is too long");
            }
            line.append((char) octet);
        }
        return line.toString();
    }
}
