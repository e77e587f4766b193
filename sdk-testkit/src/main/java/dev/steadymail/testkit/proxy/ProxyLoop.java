package dev.steadymail.testkit.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The one thread that moves all octets. It holds the lock whenever it does not wait in its selector, and so does whoever asks or changes
 * something from outside: what is asked for is then done before the loop looks at the next event. The lock is fair, because a busy loop
 * would otherwise take it again before anybody else could.
 */
final class ProxyLoop implements Runnable {

    private static final int SCRATCH_BYTES = 65_536;
    private static final int BACKLOG = 4_096;
    private static final int ACCEPTS_PER_TURN = 64;
    private static final long ACCEPT_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final ReentrantLock lock = new ReentrantLock(true);
    private final InetSocketAddress target;
    private final Selector selector;
    private final ServerSocketChannel listener;
    private final SelectionKey accepting;
    private final Wiring wiring;
    private final Set<Link> links = new LinkedHashSet<>();
    private final List<ProxyFault> faults = new ArrayList<>();
    private boolean closed;

    ProxyLoop(InetSocketAddress address, InetSocketAddress target, int bufferBytes) throws IOException {
        this.target = target;
        selector = Selector.open();
        listener = ServerSocketChannel.open();
        listener.bind(address, BACKLOG).configureBlocking(false);
        accepting = listener.register(selector, SelectionKey.OP_ACCEPT);
        wiring = new Wiring(selector, new Timers(), new Tally(), ByteBuffer.allocateDirect(SCRATCH_BYTES), bufferBytes);
    }

    int port() {
        return listener.socket().getLocalPort();
    }

    void add(List<ProxyFault> more) {
        change(() -> {
            faults.addAll(more);
            more.forEach(fault -> eachLink(link -> link.plant(fault)));
        });
    }

    void clearFaults() {
        change(() -> {
            faults.clear();
            eachLink(Link::clearFaults);
        });
    }

    void cutAll() {
        change(() -> eachLink(Link::cut));
    }

    void resetAll() {
        change(() -> eachLink(Link::reset));
    }

    /** Has the thread end soon, which closes everything. */
    void stop() {
        change(() -> closed = true);
    }

    ProxyCounts counts() {
        return locked(() -> wiring.tally().counts(links.size()));
    }

    /** Goes over a copy, since connections may end meanwhile. */
    private void eachLink(Consumer<Link> action) {
        List.copyOf(links).forEach(action);
    }

    private void change(Runnable change) {
        locked(() -> {
            if (!closed) {
                change.run();
            }
            return closed;
        });
        selector.wakeup();
    }

    private <T> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        long millis = 0;
        try {
            while (!locked(() -> closed)) {
                selector.select(millis);
                millis = locked(this::turn);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the selector failed", e);
        } finally {
            locked(this::end);
        }
    }

    /** Does what is due and what sockets are ready for; returns how long to wait for more. */
    private long turn() {
        wiring.timers().runDue();
        for (SelectionKey key : selector.selectedKeys()) {
            if (key == accepting) {
                accept();
            } else if (key.attachment() instanceof Link link) {
                link.ready(key);
            }
        }
        selector.selectedKeys().clear();
        return wiring.timers().selectMillis();
    }

    private void accept() {
        try {
            for (int i = 0; i < ACCEPTS_PER_TURN; i++) {
                SocketChannel client = listener.accept();
                if (client == null) {
                    return;
                }
                welcome(client);
            }
        } catch (IOException exhausted) {
            // Out of descriptors; the listener stays ready, so the loop would spin until one is free.
            accepting.interestOps(0);
            wiring.timers()
                    .at(System.nanoTime() + ACCEPT_PAUSE_NANOS, () -> accepting.interestOps(SelectionKey.OP_ACCEPT));
        }
    }

    private void welcome(SocketChannel client) {
        int number = wiring.tally().connection();
        for (ProxyFault fault : faults) {
            if (fault instanceof ProxyFault.Refuse && fault.connections().includes(number)) {
                wiring.tally().used(fault);
                Leg.reset(client);
                return;
            }
        }
        open(number, client);
    }

    private void open(int number, SocketChannel client) {
        try {
            SocketChannel server = SocketChannel.open();
            open(number, client, server);
        } catch (IOException exhausted) {
            wiring.tally().unreachable();
            Leg.reset(client);
        }
    }

    private void open(int number, SocketChannel client, SocketChannel server) throws IOException {
        try {
            Link link = new Link(number, wiring, new Leg(client, selector), new Leg(server, selector), links::remove);
            links.add(link);
            faults.forEach(link::plant);
            link.connect(target);
        } catch (IOException unusable) {
            Leg.reset(server);
            throw unusable;
        }
    }

    private boolean end() {
        closed = true;
        eachLink(Link::close);
        try (selector;
                listener) {
            return closed;
        } catch (IOException e) {
            throw new UncheckedIOException("the proxy's sockets could not be closed", e);
        }
    }
}
