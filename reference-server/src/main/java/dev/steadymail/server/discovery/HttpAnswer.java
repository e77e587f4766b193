package dev.steadymail.server.discovery;

import dev.steadymail.time.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An answer of HTTP/1, read to the end of its connection. */
final class HttpAnswer {
    private static final int MOST_HEAD = 16 << 10;
    private static final int MOST_BODY = 64 << 10;
    private static final int PIECE = 8 << 10;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})( .*)?");
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};
    private static final int OK = 200;

    private final int status;
    private final String head;
    private final byte[] body;

    private HttpAnswer(int status, String head, byte[] body) {
        this.status = status;
        this.head = head;
        this.body = body;
    }

    /**
     * Reads all that comes until the connection ends.
     *
     * @throws IOException where it is too long, too late, or not HTTP
     */
    static HttpAnswer read(Socket socket, Deadline deadline) throws IOException {
        byte[] all = bytes(socket, deadline);
        int end = endOfHead(all);
        String head = new String(all, 0, end, StandardCharsets.ISO_8859_1);
        Matcher status = STATUS.matcher(head.lines().findFirst().orElse(""));
        byte[] body = Arrays.copyOfRange(all, end + END_OF_HEAD.length, all.length);
        if (!status.matches() || body.length > MOST_BODY) {
            throw new IOException("the answer is not HTTP, or too long");
        }
        return new HttpAnswer(Integer.parseInt(status.group(1)), head, body);
    }

    /** The time that is left is looked at before each piece: a site that sends an octet now and then gains nothing. */
    private static byte[] bytes(Socket socket, Deadline deadline) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        byte[] piece = new byte[PIECE];
        while (true) {
            socket.setSoTimeout(millis(deadline));
            int count = in.read(piece);
            if (count < 0) {
                return all.toByteArray();
            }
            all.write(piece, 0, count);
            if (all.size() > MOST_HEAD + MOST_BODY) {
                throw new IOException("the answer is too long");
            }
        }
    }

    private static int endOfHead(byte[] all) throws IOException {
        int last = Math.min(all.length - END_OF_HEAD.length, MOST_HEAD);
        for (int at = 0; at <= last; at++) {
            if (Arrays.equals(all, at, at + END_OF_HEAD.length, END_OF_HEAD, 0, END_OF_HEAD.length)) {
                return at;
            }
        }
        throw new IOException("the answer has no end of its head");
    }

    /** Returns the time that is left, for what takes milliseconds and calls zero for ever. */
    static int millis(Deadline deadline) throws SocketTimeoutException {
        if (deadline.hasPassed()) {
            throw new SocketTimeoutException("the time is over");
        }
        return (int) Math.max(1, deadline.remaining().toMillis());
    }

    /** Returns where else to look; empty where this is the answer. */
    Optional<String> location() {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> header("location");
            default -> Optional.empty();
        };
    }

    /**
     * Returns the body.
     *
     * @throws IOException where there is none to use
     */
    byte[] document() throws IOException {
        if (status != OK
                || header("transfer-encoding").isPresent()
                || header("content-encoding").isPresent()) {
            throw new IOException("no document, status " + status);
        }
        return body.clone();
    }

    private Optional<String> header(String name) {
        return head.lines()
                .skip(1)
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }
}
