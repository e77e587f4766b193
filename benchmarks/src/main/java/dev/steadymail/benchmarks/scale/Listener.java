package dev.steadymail.benchmarks.scale;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** One listening address: accepts all that wait, and knows when each came and how many are open. */
final class Listener implements EventLoop.Ready {
    /** Makes a session of an accepted channel. */
    interface Sessions {
        void start(SocketChannel channel, Listener from, boolean welcome) throws IOException;
    }

    private static final int BACKLOG = 4096;

    private final ServerSocketChannel server;
    private final Admission admission;
    private final Sessions sessions;
    private final AcceptTimes times = new AcceptTimes();
    private final String name;
    private int open;
    private int turnedAway;

    Listener(EventLoop loop, InetSocketAddress address, Admission admission, Sessions sessions) throws IOException {
        this.admission = admission;
        this.sessions = sessions;
        name = address.getAddress().getHostAddress();
        server = ServerSocketChannel.open();
        server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        server.bind(address, BACKLOG);
        server.configureBlocking(false);
        SelectionKey unused = server.register(loop.selector(), SelectionKey.OP_ACCEPT, this);
    }

    @Override
    public void ready(SelectionKey key) throws IOException {
        for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
            times.add(admission.millis());
            if (admission.refuses()) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                channel.close();
            } else {
                take(channel);
            }
        }
    }

    /** A connection over the limit is told so and does not count. */
    private void take(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        boolean welcome = !admission.isFull(open);
        if (welcome) {
            open++;
        } else {
            turnedAway++;
        }
        sessions.start(channel, this, welcome);
    }

    /** A welcome connection is gone. */
    void left() {
        open--;
    }

    @Override
    public void failed(Exception cause) {
        System.err.println(name + ": " + cause);
    }

    String name() {
        return name;
    }

    int port() {
        return server.socket().getLocalPort();
    }

    AcceptTimes times() {
        return times;
    }

    /** How many came while the address was full. */
    int turnedAway() {
        return turnedAway;
    }

    void close() throws IOException {
        server.close();
    }
}
