package dev.steadymail.benchmarks.imap;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The floor: a socket that asks, reads and forgets. Nothing is parsed but where an answer ends. */
final class RawReader implements Contestant {
    private static final String METADATA = "UID FETCH 1:* (UID FLAGS INTERNALDATE ENVELOPE BODYSTRUCTURE RFC822.SIZE)";
    private static final String BODIES = "UID FETCH 1:* (UID BODY.PEEK[])";
    private static final int BUFFER = 1 << 16;
    private static final int TIMEOUT_MILLIS = 60_000;

    private final Endpoint endpoint;
    private final byte[] buffer = new byte[BUFFER];
    private @Nullable Socket socket;
    private int commands;
    private long wireBytes;
    private long messages;
    private long contentBytes;

    RawReader(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public Reading read(Task task) throws Exception {
        Socket connected = endpoint.connect();
        socket = connected;
        connected.setTcpNoDelay(true);
        connected.setSoTimeout(TIMEOUT_MILLIS);
        greet(connected);
        var unusedLogin = ask(connected, "LOGIN \"" + endpoint.user() + "\" \"" + endpoint.password() + "\"");
        var unusedOpening = ask(connected, "EXAMINE INBOX");
        AnswerScanner answer = ask(connected, task == Task.METADATA ? METADATA : BODIES);
        messages += answer.messages();
        contentBytes += task == Task.METADATA ? 0 : answer.literalBytes();
        return new Reading(messages, contentBytes, wireBytes, commands, Duration.ZERO);
    }

    private void greet(Socket connected) throws IOException {
        // The greeting is one line, whose first word is no tag of ours.
        readUntilEnd(connected, new AnswerScanner("*"));
    }

    private AnswerScanner ask(Socket connected, String command) throws IOException {
        String tag = "r" + ++commands;
        byte[] line = (tag + " " + command + "\r\n").getBytes(StandardCharsets.US_ASCII);
        connected.getOutputStream().write(line);
        wireBytes += line.length;
        AnswerScanner answer = new AnswerScanner(tag);
        readUntilEnd(connected, answer);
        if (!answer.isOk()) {
            throw new IOException("the server answered " + answer.status());
        }
        return answer;
    }

    private void readUntilEnd(Socket connected, AnswerScanner answer) throws IOException {
        boolean ended = false;
        while (!ended) {
            int read = connected.getInputStream().read(buffer);
            if (read < 0) {
                throw new EOFException("the server ended the connection within an answer");
            }
            wireBytes += read;
            ended = answer.take(buffer, read);
        }
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
        }
    }
}
