package dev.steadymail.testkit.script;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/** What goes to the client. A client that has gone is no failure: whatever is written after that is dropped. Confined to one thread. */
final class WireOutput {

    private static final int CHUNK = 8 * 1024;

    private final Socket raw;
    private final Duration deadline;
    private final WriteWatch watch;
    private OutputStream out;
    private boolean drip;
    private boolean broken;
    private long written;

    WireOutput(Socket raw, Duration deadline, WriteWatch watch) throws IOException {
        this.raw = raw;
        this.deadline = deadline;
        this.watch = watch;
        out = buffered(raw.getOutputStream());
    }

    void continueOn(OutputStream encrypted) {
        out = buffered(encrypted);
    }

    private OutputStream buffered(OutputStream target) {
        return new BufferedOutputStream(new Watched(target), CHUNK);
    }

    /** Sets whether each octet is a write of its own. */
    void drip(boolean each) {
        drip = each;
    }

    /** Writes a string of one octet a character. */
    void write(String octets) throws OffScriptException {
        write(octets.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Writes that many times the letter x. */
    void fill(long count) throws OffScriptException {
        byte[] chunk = new byte[CHUNK];
        Arrays.fill(chunk, (byte) 'x');
        for (long left = count; left > 0 && !broken; left -= CHUNK) {
            write(left < CHUNK ? Arrays.copyOf(chunk, (int) left) : chunk);
        }
    }

    private void write(byte[] octets) throws OffScriptException {
        written += octets.length;
        if (!drip) {
            attempt(() -> out.write(octets));
            return;
        }
        for (byte octet : octets) {
            attempt(() -> out.write(octet));
            flush();
        }
    }

    void flush() throws OffScriptException {
        attempt(() -> out.flush());
    }

    private void attempt(WriteWatch.Blocking work) throws OffScriptException {
        if (broken) {
            return;
        }
        try {
            work.run();
        } catch (SocketTimeoutException late) {
            throw new OffScriptException("a client that did not read for " + deadline);
        } catch (IOException gone) {
            broken = true;
        }
    }

    /** Drops all that follows. */
    void giveUp() {
        broken = true;
    }

    /** Returns whether the client is known to be gone. */
    boolean isBroken() {
        return broken;
    }

    /** Returns the number of octets handed over so far, sent or dropped. */
    long written() {
        return written;
    }

    /** Gives each write to the socket a deadline. */
    private final class Watched extends OutputStream {
        private final OutputStream target;

        Watched(OutputStream target) {
            this.target = target;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int from, int count) throws IOException {
            watch.run(raw, () -> target.write(octets, from, count));
        }

        @Override
        public void flush() throws IOException {
            target.flush();
        }
    }
}
