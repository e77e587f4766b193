package dev.steadymail.testkit.proxy;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One of the two sockets of a connection. Guarded by the loop's lock. */
final class Leg {

    private final SocketChannel channel;
    private final SelectionKey key;

    Leg(SocketChannel channel, Selector selector) throws IOException {
        this.channel = channel;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        key = channel.register(selector, 0);
    }

    /** Starts to connect; false if {@link #finishConnect()} has to follow when the key says so. */
    boolean connect(SocketAddress target) throws IOException {
        boolean connected = channel.connect(target);
        want(SelectionKey.OP_CONNECT, !connected);
        return connected;
    }

    boolean finishConnect() throws IOException {
        boolean connected = channel.finishConnect();
        want(SelectionKey.OP_CONNECT, !connected);
        return connected;
    }

    void attach(Link link) {
        key.attach(link);
    }

    boolean isAt(SelectionKey other) {
        return key == other;
    }

    void want(int operation, boolean wanted) {
        if (key.isValid()) {
            int others = key.interestOps() & ~operation;
            key.interestOps(wanted ? others | operation : others);
        }
    }

    int read(ByteBuffer into) throws IOException {
        return channel.read(into);
    }

    int write(ByteBuffer from) throws IOException {
        return channel.write(from);
    }

    /** Sends FIN behind what was written. */
    void finish() {
        try {
            channel.shutdownOutput();
        } catch (IOException gone) {
            // The peer has reset the connection; there is nobody to tell.
        }
    }

    void close() {
        try {
            channel.close();
        } catch (IOException gone) {
            // Closed all the same.
        }
    }

    void reset() {
        reset(channel);
    }

    /** Sends RST. */
    static void reset(SocketChannel channel) {
        try (channel) {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException gone) {
            // The peer was faster.
        }
    }
}
