package dev.steadymail.imap.wire;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the first of several addresses that answers (RFC 8305, "Happy Eyeballs"): the next one is tried a quarter of a second
 * after the last, or as soon as that failed, and none is given up before the limit for all. Confined to its I/O thread.
 */
final class Dialer {
    private static final long STAGGER_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** Who waits for the connection. */
    interface Listener {
        /** Takes a channel that is connected and registered. */
        void connected(SelectionKey key);

        /** None could be had. */
        void failed(IOException cause);
    }

    private final EventLoop loop;
    private final List<InetSocketAddress> addresses;
    private final Listener listener;
    private final List<SelectionKey> pending = new ArrayList<>();
    private EventLoop.@Nullable Timer limit;
    private EventLoop.@Nullable Timer stagger;
    private int next;
    private boolean done;
    private @Nullable IOException last;

    Dialer(EventLoop loop, List<InetSocketAddress> addresses, Listener listener) {
        this.loop = loop;
        this.addresses = alternating(addresses);
        this.listener = listener;
    }

    /** Families take turns, the resolver's first one first: a network without a working IPv6 costs a quarter of a second, once. */
    static List<InetSocketAddress> alternating(List<InetSocketAddress> addresses) {
        List<InetSocketAddress> first = new ArrayList<>();
        List<InetSocketAddress> second = new ArrayList<>();
        boolean six = !addresses.isEmpty() && isSix(addresses.get(0));
        addresses.forEach(address -> (isSix(address) == six ? first : second).add(address));
        List<InetSocketAddress> mixed = new ArrayList<>();
        for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
            if (i < first.size()) {
                mixed.add(first.get(i));
            }
            if (i < second.size()) {
                mixed.add(second.get(i));
            }
        }
        return mixed;
    }

    private static boolean isSix(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address;
    }

    void start(Duration all) {
        limit = loop.schedule(
                all.toNanos(),
                () -> fail(new SocketTimeoutException("no address answered within " + all.toMillis() + " ms")));
        tryNext();
    }

    /** Gives up; the listener is not told. */
    void cancel() {
        end(null);
    }

    private void tryNext() {
        if (done) {
            return;
        }
        if (stagger != null) {
            stagger.cancel();
            stagger = null;
        }
        while (next < addresses.size()) {
            if (dial(addresses.get(next++))) {
                stagger = next < addresses.size() ? loop.schedule(STAGGER_NANOS, this::tryNext) : null;
                return;
            }
        }
        if (pending.isEmpty()) {
            fail(last == null ? new IOException("the host has no address") : last);
        }
    }

    /** Answers whether the address is being tried now. */
    private boolean dial(InetSocketAddress address) {
        SocketChannel channel = null;
        try {
            channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
            boolean connected = channel.connect(address);
            SelectionKey key =
                    channel.register(loop.selector(), connected ? 0 : SelectionKey.OP_CONNECT, new Attempt());
            pending.add(key);
            if (connected) {
                succeed(key);
            }
            return true;
        } catch (IOException | RuntimeException unreachable) {
            last = unreachable instanceof IOException io
                    ? io
                    : new IOException("the address cannot be used", unreachable);
            close(channel);
            return false;
        }
    }

    private void succeed(SelectionKey key) {
        if (!done) {
            end(key);
            listener.connected(key);
        }
    }

    private void fail(IOException cause) {
        if (!done) {
            end(null);
            listener.failed(cause);
        }
    }

    private void end(@Nullable SelectionKey winner) {
        done = true;
        if (limit != null) {
            limit.cancel();
        }
        if (stagger != null) {
            stagger.cancel();
        }
        pending.stream().filter(key -> key != winner).forEach(key -> close((SocketChannel) key.channel()));
        pending.clear();
    }

    private static void close(@Nullable SocketChannel channel) {
        if (channel == null) {
            return;
        }
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            // Closing is all that was wanted.
        }
    }

    /** One address that is being tried. */
    private final class Attempt implements EventLoop.Ready {
        @Override
        public void ready(SelectionKey key) {
            try {
                if (((SocketChannel) key.channel()).finishConnect()) {
                    succeed(key);
                }
            } catch (IOException unreachable) {
                lost(key, unreachable);
            }
        }

        @Override
        public void failed(Throwable failure) {
            fail(failure instanceof IOException io ? io : new IOException("connecting failed", failure));
        }

        private void lost(SelectionKey key, IOException unreachable) {
            last = unreachable;
            pending.remove(key);
            close((SocketChannel) key.channel());
            tryNext();
        }
    }
}
