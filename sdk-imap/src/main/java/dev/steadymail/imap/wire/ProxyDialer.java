package dev.steadymail.imap.wire;

import dev.steadymail.imap.proxy.ProxyRefusedException;
import dev.steadymail.imap.proxy.ProxyRefusedException.Reason;
import dev.steadymail.imap.proxy.ProxyTunnel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Connects by a proxy to the first address of a server that the proxy can reach, one after the other, all within one limit. The
 * proxy is told addresses, so that it looks up nothing. Confined to its I/O thread.
 */
final class ProxyDialer {
    private final EventLoop loop;
    private final ProxyRoute route;
    private final List<InetSocketAddress> targets;
    private final Link.Listener server;
    private final Consumer<Link> connected;
    private final Consumer<IOException> failed;
    private EventLoop.@Nullable Timer limit;
    private @Nullable Dialer dialer;
    private @Nullable Link link;
    private long ends;
    private int next;
    private boolean done;

    /**
     * Prepares; nothing is connected yet.
     *
     * @param server hears of the link once the tunnel is open
     * @param connected takes the link when the tunnel is open, before the server's first octet is handed on
     * @param failed hears why there is none
     */
    ProxyDialer(
            EventLoop loop,
            Endpoint to,
            ProxyRoute route,
            Link.Listener server,
            Consumer<Link> connected,
            Consumer<IOException> failed) {
        this.loop = loop;
        this.route = route;
        this.targets = Dialer.alternating(to.addresses());
        this.server = server;
        this.connected = connected;
        this.failed = failed;
    }

    void start(Duration all) {
        ends = System.nanoTime() + all.toNanos();
        limit = loop.schedule(
                all.toNanos(),
                () -> fail(new SocketTimeoutException("the proxy did not connect within " + all.toMillis() + " ms")));
        dial();
    }

    /** Gives up; nobody is told. */
    void cancel() {
        finish();
        if (dialer != null) {
            dialer.cancel();
        }
        if (link != null) {
            link.close(new IOException("the connection was given up"));
        }
    }

    private void dial() {
        if (done) {
            return;
        }
        if (next == targets.size()) {
            fail(new IOException("the host has no address"));
            return;
        }
        ProxyTunnel tunnel = route.tunnels().apply(targets.get(next++));
        Dialer dialling = new Dialer(loop, route.addresses(), new Reached(tunnel));
        dialer = dialling;
        dialling.start(Duration.ofNanos(Math.max(0, ends - System.nanoTime())));
    }

    private void fail(Exception cause) {
        if (!done) {
            cancel();
            failed.accept(new ProxyException(cause));
        }
    }

    private void finish() {
        done = true;
        if (limit != null) {
            limit.cancel();
        }
    }

    /** The proxy's end. */
    private final class Reached implements Dialer.Listener {
        private final ProxyTunnel tunnel;

        Reached(ProxyTunnel tunnel) {
            this.tunnel = tunnel;
        }

        @Override
        public void connected(SelectionKey key) {
            dialer = null;
            Tunnelled listener = new Tunnelled(tunnel);
            Link made = new Link(loop, key, listener);
            listener.link = made;
            link = made;
            made.write(ByteBuffer.wrap(tunnel.start()));
        }

        @Override
        public void failed(IOException cause) {
            dialer = null;
            fail(cause);
        }
    }

    /** Stands before the server's listener until the tunnel is open. */
    private final class Tunnelled implements Link.Listener {
        private final ProxyTunnel tunnel;
        private @Nullable Link link;
        private boolean open;
        private boolean dropped;

        Tunnelled(ProxyTunnel tunnel) {
            this.tunnel = tunnel;
        }

        @Override
        public void received(ByteBuffer octets) {
            if (open) {
                server.received(octets);
                return;
            }
            Link over = link;
            if (dropped || over == null) {
                return;
            }
            try {
                byte[] answer = tunnel.feed(octets);
                if (answer.length > 0) {
                    over.write(ByteBuffer.wrap(answer));
                }
                if (tunnel.isOpen() && !over.isClosed()) {
                    opened(over, octets);
                }
            } catch (ProxyRefusedException refused) {
                refused(over, refused);
            }
        }

        /** What came with the proxy's answer is the server's; where TLS comes first the link keeps it for TLS. */
        private void opened(Link over, ByteBuffer octets) {
            open = true;
            finish();
            connected.accept(over);
            if (!over.isSecuring()) {
                over.deliver(octets);
            }
        }

        private void refused(Link over, ProxyRefusedException refused) {
            if (refused.reason() == Reason.UNREACHABLE && next < targets.size()) {
                dropped = true;
                over.close(new IOException("the proxy cannot reach this address"));
                loop.execute(ProxyDialer.this::dial);
            } else {
                fail(refused);
            }
        }

        @Override
        public void turnEnded() {
            if (open) {
                server.turnEnded();
            }
        }

        @Override
        public void secured() {
            server.secured();
        }

        @Override
        public void drained() {
            if (open) {
                server.drained();
            }
        }

        @Override
        public void closed(IOException cause) {
            if (open) {
                server.closed(cause);
            } else if (!dropped) {
                fail(cause);
            }
        }
    }
}
