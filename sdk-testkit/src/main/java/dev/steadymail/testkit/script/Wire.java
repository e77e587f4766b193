package dev.steadymail.testkit.script;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A connection with a client, plain or under TLS. A client that has gone shows when something must be read; what is written to it is
 * dropped. Confined to one thread but for {@link #end()} and {@link #hasMore()}.
 */
final class Wire {

    private final Socket raw;
    private final Duration deadline;
    private final WriteWatch watch;
    private final WireInput in;
    private final WireOutput out;
    private final Transcript transcript = new Transcript();
    private volatile Socket socket;

    Wire(Socket raw, Duration deadline, WriteWatch watch) throws IOException {
        raw.setTcpNoDelay(true);
        this.raw = raw;
        this.deadline = deadline;
        this.watch = watch;
        socket = raw;
        in = new WireInput(raw, deadline, transcript);
        out = new WireOutput(raw, deadline, watch);
    }

    /** Makes a handshake in the server's role; a client that does not want it is as good as gone. */
    void encrypt(SSLContext context) throws OffScriptException {
        try {
            SSLSocket encrypted = (SSLSocket) context.getSocketFactory()
                    .createSocket(raw, raw.getInetAddress().getHostAddress(), raw.getPort(), true);
            encrypted.setUseClientMode(false);
            socket = encrypted;
            in.continueOn(encrypted.getInputStream());
            raw.setSoTimeout(0);
            watch.run(raw, encrypted::startHandshake);
            out.continueOn(encrypted.getOutputStream());
        } catch (SocketTimeoutException late) {
            throw new OffScriptException("no TLS handshake within " + deadline);
        } catch (IOException refused) {
            out.giveUp();
        }
    }

    /** Reads and drops what comes, whatever it is, until the client ends the connection. */
    void drain() {
        try {
            raw.setSoTimeout(0);
            long unused = raw.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException reset) {
            // That is an end, too.
        }
    }

    /** What is said here; from any thread. */
    Transcript transcript() {
        return transcript;
    }

    WireInput in() {
        return in;
    }

    WireOutput out() {
        return out;
    }

    /** Tells the client that nothing more comes, and leaves it the time to read what was sent. */
    void shutdown() {
        try {
            socket.shutdownOutput();
            raw.shutdownOutput();
        } catch (IOException gone) {
            out.giveUp();
        }
    }

    /** Ends the connection with a reset, in which the client may lose what it has not read. */
    void reset() {
        try {
            raw.setSoLinger(true, 0);
            raw.close();
        } catch (IOException gone) {
            out.giveUp();
        }
    }

    /** Returns whether something has arrived that nobody has read; under TLS this is not known. */
    boolean hasMore() {
        try {
            return socket == raw && !raw.isClosed() && raw.getInputStream().available() > 0;
        } catch (IOException gone) {
            return false;
        }
    }

    /** Closes the socket below TLS, which ends every wait on it. */
    void end() {
        try {
            raw.close();
        } catch (IOException closed) {
            // Nothing is left to be ended.
        }
    }
}
