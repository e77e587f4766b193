package dev.steadymail.testkit.imap;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of a connection. Responses collect in memory, so that they can be made while an account is locked, and go out on
 * {@link #flush}, which must be called without that lock. Thread-safe: a response is never torn by another one.
 */
final class ResponseWriter {

    /** Above this many waiting bytes a command that sends much should flush in between. */
    private static final int LARGE = 64 * 1024;

    private static final long NEVER = -1;
    private static final byte[] CRLF = {'\r', '\n'};

    private final FaultPlan faults;
    private OutputStream out; // guarded by this, as are the fields below
    private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
    private long bytesUntilCut = NEVER;

    ResponseWriter(OutputStream out, FaultPlan faults) {
        this.out = new BufferedOutputStream(out);
        this.faults = faults;
    }

    /** Continues on the encrypted stream. */
    synchronized void switchTo(OutputStream encrypted) {
        out = new BufferedOutputStream(encrypted);
    }

    /** Tells the faults that an exchange begins: a greeting or a command. */
    synchronized void beginExchange() {
        ImapFault.DisconnectAfterBytes cut = faults.take(ImapFault.DisconnectAfterBytes.class);
        if (cut != null) {
            bytesUntilCut = waiting.size() + (long) cut.bytes();
        }
    }

    void untagged(String text) {
        send(ResponseLine.untagged(text));
    }

    void tagged(String tag, Completion completion) {
        send(new ResponseLine().text(tag + " " + completion.status() + " " + completion.text()));
    }

    void continuation(String text) {
        send(new ResponseLine().text("+ " + text));
    }

    synchronized void send(ResponseLine line) {
        int start = waiting.size();
        byte[] bytes = line.toBytes();
        waiting.writeBytes(bytes);
        waiting.writeBytes(CRLF);
        for (ResponseLine.Literal literal : line.literals()) {
            ImapFault.TruncateLiteral truncate = faults.take(ImapFault.TruncateLiteral.class);
            cutInside(literal, start, truncate);
        }
    }

    private void cutInside(ResponseLine.Literal literal, int start, ImapFault.@Nullable TruncateLiteral truncate) {
        if (truncate != null && bytesUntilCut == NEVER) {
            bytesUntilCut = (long) start + literal.start() + Math.min(truncate.bytes(), literal.length());
        }
    }

    void flushIfLarge() throws IOException {
        if (isLarge()) {
            flush();
        }
    }

    private synchronized boolean isLarge() {
        return waiting.size() > LARGE;
    }

    /**
     * Sends what waits.
     *
     * @throws ConnectionCutException if a fault ends the connection here; the bytes before the cut have been sent
     */
    synchronized void flush() throws IOException {
        boolean cut = bytesUntilCut != NEVER && bytesUntilCut <= waiting.size();
        byte[] bytes = waiting.toByteArray();
        waiting.reset();
        out.write(bytes, 0, cut ? (int) bytesUntilCut : bytes.length);
        out.flush();
        if (cut) {
            throw new ConnectionCutException("cut by an injected fault");
        }
        if (bytesUntilCut != NEVER) {
            bytesUntilCut -= bytes.length;
        }
    }
}
