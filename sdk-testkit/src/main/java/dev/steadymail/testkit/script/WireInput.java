package dev.steadymail.testkit.script;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What comes from the client, as strings of one octet a character. What is read is never more than was asked for, so that TLS can begin
 * anywhere. A reset is as good an end as any. Confined to one thread.
 */
final class WireInput {

    private static final int MAX_LINE = 64 * 1024;
    private static final int CHUNK = 8 * 1024;
    private static final int END = -1;

    private final Socket raw;
    private final Duration deadline;
    private final Transcript transcript;
    private InputStream in;

    WireInput(Socket raw, Duration deadline, Transcript transcript) throws IOException {
        this.raw = raw;
        this.deadline = deadline;
        this.transcript = transcript;
        in = raw.getInputStream();
    }

    void continueOn(InputStream encrypted) {
        in = encrypted;
    }

    /** Returns the next line without its CRLF, or null at the end of the connection. A bare LF is part of a line. */
    @Nullable
    String readLine() throws OffScriptException {
        StringBuilder line = new StringBuilder();
        long start = System.nanoTime();
        while (line.length() < MAX_LINE) {
            int next = read(start, line);
            if (next == END) {
                return endAfter(line);
            }
            line.append((char) next);
            if (next == '\n' && line.length() > 1 && line.charAt(line.length() - 2) == '\r') {
                return line.substring(0, line.length() - 2);
            }
        }
        throw new OffScriptException("a line of more than " + MAX_LINE + " octets");
    }

    private @Nullable String endAfter(StringBuilder line) throws OffScriptException {
        if (line.length() == 0) {
            return null;
        }
        throw new OffScriptException(
                "C: " + transcript.partial(line) + " and then, in mid-line, the end of the connection");
    }

    private int read(long start, StringBuilder before) throws OffScriptException {
        try {
            limit(start);
            return in.read();
        } catch (SocketTimeoutException late) {
            String what = before.length() == 0 ? "nothing" : "C: " + transcript.partial(before) + " and then nothing";
            throw new OffScriptException(what + " within " + deadline);
        } catch (IOException reset) {
            return END;
        }
    }

    /** Returns that many octets. */
    String read(int count) throws OffScriptException {
        StringBuilder octets = new StringBuilder();
        long start = System.nanoTime();
        while (octets.length() < count) {
            int next = read(start, octets);
            if (next == END) {
                throw endOfOctets(octets.length(), count);
            }
            octets.append((char) next);
        }
        return octets.toString();
    }

    /** Reads octets without keeping them; each portion has the deadline to itself. */
    void skip(long count) throws OffScriptException {
        byte[] buffer = new byte[CHUNK];
        long left = count;
        while (left > 0) {
            int more = readSome(buffer, (int) Math.min(left, CHUNK), count - left);
            if (more == END) {
                throw endOfOctets(count - left, count);
            }
            left -= more;
        }
    }

    private int readSome(byte[] buffer, int most, long before) throws OffScriptException {
        try {
            limit(System.nanoTime());
            return in.read(buffer, 0, most);
        } catch (SocketTimeoutException late) {
            throw new OffScriptException(before + " octets and then nothing within " + deadline);
        } catch (IOException reset) {
            return END;
        }
    }

    private static OffScriptException endOfOctets(long came, long wanted) {
        return new OffScriptException(came + " of " + wanted + " octets and then the end of the connection");
    }

    private void limit(long start) throws IOException {
        long left = deadline.toNanos() - (System.nanoTime() - start);
        // Zero would mean for ever.
        raw.setSoTimeout((int) Math.max(1, Math.min(Integer.MAX_VALUE, left / 1_000_000)));
    }

    /** Waits, without a deadline, until there is more, and returns the part that is there; null at the end of the connection. */
    @Nullable
    String readAvailable() {
        try {
            raw.setSoTimeout(0);
            byte[] first = in.readNBytes(1);
            byte[] rest = in.readNBytes(Math.min(CHUNK, in.available()));
            return first.length == 0 ? null : latin(first) + latin(rest);
        } catch (IOException reset) {
            return null;
        }
    }

    private static String latin(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
