package dev.steadymail.benchmarks.scale;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import org.jspecify.annotations.Nullable;

/**
 * TLS on one socket, either side. While nothing happens it holds the engine and no buffer: buffers are the loop's, and only what a
 * buffer has left over is kept here. All methods belong to the loop's thread.
 */
final class TlsConnection implements EventLoop.Ready {
    /** Who uses the connection. */
    interface User {
        /** The handshake is done; text may be sent. */
        void opened();

        /** Text came; valid during the call. */
        void received(ByteBuffer text);

        /** The connection is gone, whoever ended it; called once. */
        void closed();
    }

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final EventLoop loop;
    private final SocketChannel channel;
    private final SSLEngine engine;
    private final User user;
    private final SelectionKey key;
    private byte @Nullable [] unread;
    private @Nullable ByteBuffer unsent;
    private boolean opened;
    private boolean closed;
    private boolean closesWhenSent;

    /** Takes over a channel that is connected, or is being connected, in non-blocking mode. */
    TlsConnection(EventLoop loop, SocketChannel channel, SSLEngine engine, User user) throws IOException {
        this.loop = loop;
        this.channel = channel;
        this.engine = engine;
        this.user = user;
        int interest = channel.isConnected() ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT;
        key = channel.register(loop.selector(), interest, this);
        if (channel.isConnected() && engine.getUseClientMode()) {
            loop.submit(this::resume);
        }
    }

    @Override
    public void ready(SelectionKey ready) throws IOException {
        if (ready.isConnectable() && channel.finishConnect()) {
            key.interestOps(SelectionKey.OP_READ);
            advance(incoming().flip());
        } else if (ready.isWritable()) {
            resend();
        }
        if (!closed && ready.isReadable()) {
            ByteBuffer in = incoming();
            if (channel.read(in) < 0) {
                close();
            } else {
                advance(in.flip());
            }
        }
    }

    @Override
    public void failed(Exception cause) {
        close();
    }

    /** Sends Latin-1 text; what the socket does not take now follows when it can. */
    void send(CharSequence text) {
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.ISO_8859_1));
        try {
            boolean accepted = true;
            while (accepted && !closed && bytes.hasRemaining()) {
                accepted = wrap(bytes);
            }
        } catch (IOException lost) {
            close();
        }
    }

    /** Closes once everything is sent. */
    void closeWhenSent() {
        closesWhenSent = true;
        if (unsent == null) {
            close();
        }
    }

    /** Closes so that the peer gets a reset. */
    void reset() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException alreadyGone) {
            // Closed below all the same.
        }
        close();
    }

    /** Closes without farewell; harmless when repeated. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // There is nothing left to close.
        }
        user.closed();
    }

    private ByteBuffer incoming() {
        ByteBuffer in = loop.incoming();
        if (unread != null) {
            in.put(unread);
            unread = null;
        }
        return in;
    }

    private void advance(ByteBuffer in) throws IOException {
        boolean goesOn = true;
        while (goesOn && !closed) {
            goesOn = step(in);
        }
        if (in.hasRemaining()) {
            unread = new byte[in.remaining()];
            in.get(unread);
        }
    }

    /** Returns whether another step may follow at once. */
    private boolean step(ByteBuffer in) throws IOException {
        return switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> {
                key.interestOps(0);
                loop.besides(this::compute, this::resume);
                yield false;
            }
            case NEED_WRAP -> wrap(NOTHING.duplicate());
            default -> unwrap(in);
        };
    }

    private void compute() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    private void resume() {
        if (closed) {
            return;
        }
        try {
            key.interestOps(unsent == null ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            advance(incoming().flip());
        } catch (IOException | RuntimeException failure) {
            failed(failure);
        }
    }

    private boolean unwrap(ByteBuffer in) throws IOException {
        // A client's engine says so before it has been asked for anything.
        if (!in.hasRemaining()) {
            return !opened && begins();
        }
        ByteBuffer text = loop.text();
        SSLEngineResult result = engine.unwrap(in, text);
        noteFinished(result);
        if (result.getStatus() == Status.CLOSED) {
            close();
        } else if (result.bytesProduced() > 0) {
            user.received(text.flip());
        }
        return result.getStatus() == Status.OK;
    }

    private boolean begins() throws IOException {
        if (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING || !engine.getUseClientMode()) {
            return false;
        }
        engine.beginHandshake();
        return true;
    }

    private boolean wrap(ByteBuffer text) throws IOException {
        ByteBuffer out = loop.outgoing();
        SSLEngineResult result = engine.wrap(text, out);
        put(out.flip());
        noteFinished(result);
        return result.getStatus() == Status.OK;
    }

    /** A server says it twice with TLS 1.3, the second time for the ticket. */
    private void noteFinished(SSLEngineResult result) {
        if (!opened && result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
            opened = true;
            user.opened();
        }
    }

    private void put(ByteBuffer out) throws IOException {
        if (unsent == null) {
            channel.write(out);
        }
        if (out.hasRemaining()) {
            int before = unsent == null ? 0 : unsent.remaining();
            ByteBuffer all = ByteBuffer.allocate(before + out.remaining());
            if (unsent != null) {
                all.put(unsent);
            }
            unsent = all.put(out).flip();
            key.interestOpsOr(SelectionKey.OP_WRITE);
        }
    }

    private void resend() throws IOException {
        if (unsent != null) {
            channel.write(unsent);
        }
        if (unsent == null || !unsent.hasRemaining()) {
            unsent = null;
            key.interestOpsAnd(~SelectionKey.OP_WRITE);
            if (closesWhenSent) {
                close();
            }
        }
    }
}
