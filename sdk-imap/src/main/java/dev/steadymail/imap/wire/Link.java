package dev.steadymail.imap.wire;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * One connected channel: moves octets both ways, in plain or by TLS, with back-pressure both ways. Holds a buffer only while part of a
 * record, or what nobody takes, is left. Confined to its I/O thread.
 */
final class Link implements EventLoop.Ready {
    /** Who the octets are for. */
    interface Listener {
        /** Takes octets; what is left in the buffer comes again after {@link Link#resume}. */
        void received(ByteBuffer octets);

        /** Told after each turn of reading. */
        void turnEnded();

        /** TLS is on. */
        void secured();

        /** All that was written has left. */
        void drained();

        /** The end; nothing comes after it. */
        void closed(IOException cause);
    }

    private static final long LONGEST_STALL_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** Much more than commands and a piece of content need: a peer that asks and does not listen must not fill our memory. */
    private static final long MOST_WAITING = 4L << 20;

    private static final int MUCH = 16 << 10;

    private final EventLoop loop;
    private final SelectionKey key;
    private final SocketChannel channel;
    private final Listener listener;
    private final Deque<ByteBuffer> outbound = new ArrayDeque<>(2);
    private @Nullable Tls tls;
    private @Nullable Deflation deflation;
    private @Nullable ByteBuffer held;
    private boolean paused;
    private boolean closed;
    private boolean serving;
    private long waiting;
    private long lastProgress;
    private boolean stallWatched;

    /** Takes over a channel that is registered with the loop and connected. */
    Link(EventLoop loop, SelectionKey key, Listener listener) {
        this.loop = loop;
        this.key = key;
        this.channel = (SocketChannel) key.channel();
        this.listener = listener;
        key.attach(this);
        key.interestOps(SelectionKey.OP_READ);
    }

    EventLoop loop() {
        return loop;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isPaused() {
        return paused;
    }

    /** Answers whether TLS is on, or about to be. */
    boolean isSecuring() {
        return tls != null;
    }

    /** Puts TLS on; the listener hears when it is on, or that the connection is over. */
    void secure(SSLEngine engine, Executor handshakes) {
        Tls layer = new Tls(this, engine, handshakes);
        tls = layer;
        layer.start();
    }

    /** Compresses from now on, and takes what comes for compressed. */
    void compress() {
        if (!closed && deflation == null) {
            deflation = new Deflation(this);
        }
    }

    /** Stops reading, so that the peer is slowed down in the end. */
    void pause() {
        paused = true;
        updateInterest();
    }

    /** Goes on reading, with what is held first. */
    void resume() {
        if (paused) {
            paused = false;
            proceed();
        }
    }

    /** Goes on with what was held. */
    void proceed() {
        if (closed) {
            return;
        }
        updateInterest();
        if (serving) {
            return;
        }
        try {
            ByteBuffer network = loop.network.clear();
            takeHeld(network);
            process(network.flip());
            listener.turnEnded();
        } catch (RuntimeException | Error failure) {
            failed(failure);
        }
    }

    void updateInterest() {
        if (!closed && key.isValid()) {
            Tls layer = tls;
            boolean reads = !paused && (layer == null || !layer.isBusy());
            key.interestOps((reads ? SelectionKey.OP_READ : 0) | (outbound.isEmpty() ? 0 : SelectionKey.OP_WRITE));
        }
    }

    @Override
    public void ready(SelectionKey selected) {
        if (selected.isValid() && selected.isWritable()) {
            flush();
        }
        if (!closed && selected.isValid() && selected.isReadable() && !paused) {
            read();
        }
    }

    @Override
    public void failed(Throwable failure) {
        close(
                failure instanceof IOException io
                        ? io
                        : new IOException("reading failed: " + failure.getClass(), failure));
    }

    private void read() {
        ByteBuffer network = loop.network.clear();
        takeHeld(network);
        int room = Math.min(network.remaining(), EventLoop.TURN);
        int count = 0;
        try {
            network.limit(network.position() + room);
            count = room == 0 ? 0 : channel.read(network);
        } catch (IOException broken) {
            close(broken);
            return;
        }
        if (count >= MUCH && count < room) {
            loop.gather();
        }
        process(network.flip());
        if (!closed) {
            listener.turnEnded();
        }
        if (count < 0 && !paused) {
            close(new EOFException("the server closed the connection"));
        }
    }

    private void takeHeld(ByteBuffer network) {
        ByteBuffer kept = held;
        if (kept != null) {
            network.put(kept);
            held = null;
        }
    }

    private void process(ByteBuffer network) {
        serving = true;
        try {
            Tls layer = tls;
            Deflation inflating = deflation;
            if (inflating != null && !inflating.proceed()) {
                // What came before is not wanted yet.
                return;
            }
            if (layer == null) {
                deliver(network);
            } else {
                layer.decrypt(network);
            }
        } finally {
            serving = false;
            if (!closed && network.hasRemaining()) {
                held = ByteBuffer.allocate(network.remaining()).put(network).flip();
            }
        }
    }

    /** Hands octets on; what is left in the buffer afterwards was not wanted yet. */
    void deliver(ByteBuffer octets) {
        if (closed || paused || !octets.hasRemaining()) {
            return;
        }
        if (deflation == null) {
            listener.received(octets);
        }
        // It may have begun with what was just received.
        Deflation inflating = deflation;
        if (inflating != null && !closed) {
            inflating.inflate(octets);
        }
    }

    /** Hands on what was inflated: a turn of its own, so that what grows a lot can be stopped in time. */
    void handOn(ByteBuffer octets) {
        listener.received(octets);
        if (!closed) {
            listener.turnEnded();
        }
    }

    void secured() {
        listener.secured();
    }

    /** Sends octets; the buffer is this link's from now on. */
    void write(ByteBuffer octets) {
        if (closed) {
            return;
        }
        Tls layer = tls;
        ByteBuffer sent = deflation == null ? octets : deflation.deflate(octets);
        if (layer == null) {
            send(sent, true);
        } else {
            layer.encrypt(sent);
        }
    }

    /** Sends octets as they are. */
    void send(ByteBuffer octets, boolean own) {
        if (closed) {
            return;
        }
        if (outbound.isEmpty()) {
            try {
                channel.write(octets);
            } catch (IOException broken) {
                close(broken);
                return;
            }
        }
        if (octets.hasRemaining()) {
            keep(
                    own
                            ? octets
                            : ByteBuffer.allocate(octets.remaining())
                                    .put(octets)
                                    .flip());
        } else if (outbound.isEmpty()) {
            listener.drained();
        }
    }

    private void keep(ByteBuffer octets) {
        if (outbound.isEmpty()) {
            lastProgress = System.nanoTime();
        }
        waiting += octets.remaining();
        outbound.add(octets);
        if (waiting > MOST_WAITING) {
            close(new IOException("the server does not take what it asks for"));
            return;
        }
        updateInterest();
        watchStall(LONGEST_STALL_NANOS);
    }

    /** Sends what there is room for, and does not mind. */
    void sendLast(ByteBuffer octets) throws IOException {
        int unused = channel.write(octets);
    }

    /** Answers whether something waits to be sent. */
    boolean isStuffed() {
        return !outbound.isEmpty();
    }

    private void flush() {
        try {
            while (!outbound.isEmpty()) {
                ByteBuffer first = outbound.peek();
                int count = channel.write(first);
                waiting -= count;
                lastProgress = count > 0 ? System.nanoTime() : lastProgress;
                if (first.hasRemaining()) {
                    return;
                }
                outbound.poll();
            }
        } catch (IOException broken) {
            close(broken);
            return;
        }
        updateInterest();
        listener.drained();
    }

    private void watchStall(long delayNanos) {
        if (stallWatched) {
            return;
        }
        stallWatched = true;
        EventLoop.Timer unused = loop.schedule(delayNanos, () -> {
            stallWatched = false;
            long still = System.nanoTime() - lastProgress;
            if (closed || outbound.isEmpty()) {
                return;
            }
            if (still >= LONGEST_STALL_NANOS) {
                close(new SocketTimeoutException("the server took nothing for 30 seconds"));
            } else {
                watchStall(LONGEST_STALL_NANOS - still);
            }
        });
    }

    /** Ends the connection; the listener is told once. */
    void close(IOException cause) {
        if (closed) {
            return;
        }
        Tls layer = tls;
        if (layer != null) {
            layer.sayGoodbye();
        }
        closed = true;
        if (deflation != null) {
            deflation.end();
        }
        outbound.clear();
        held = null;
        key.cancel();
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            cause.addSuppressed(alreadyGone);
        }
        listener.closed(cause);
    }
}
