package dev.steadymail.testkit.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A TCP proxy for tests. It listens on 127.0.0.1 at a port of its own, forwards each connection to a target, and does wrong what its faults
 * say. It forwards octets and knows nothing of what they mean, so that TLS passes too.
 *
 * <pre>{@code
 * var reset = new ProxyFault.Reset(Place.toClient().on(1).after(100));
 * try (FaultProxy proxy = FaultProxy.builder(server.port()).faults(reset).start()) {
 *     // connect a client to 127.0.0.1 and proxy.port()
 *     assertEquals(1, proxy.counts().used(reset));
 * }
 * }</pre>
 *
 * <p>One daemon thread carries all connections, thousands if need be. Each direction of each connection holds a bounded number of octets;
 * a sender whose receiver does not read has to wait, as it would without a proxy. A close, half close or reset of one peer is passed on to
 * the other behind the octets before it. Thread-safe: what a method does is done when it returns, and {@link #counts()} has everything
 * that any peer has seen.
 */
public final class FaultProxy implements AutoCloseable {

    private static final byte[] LOCALHOST = {127, 0, 0, 1};
    private static final Duration THREAD_END = Duration.ofSeconds(5);

    private final ProxyLoop loop;
    private final int port;
    private final Thread thread;

    private FaultProxy(Builder builder) throws IOException {
        loop = new ProxyLoop(loopback(0), builder.target, builder.bufferBytes);
        loop.add(builder.faults);
        port = loop.port();
        thread = new Thread(loop, "fault-proxy-" + port);
        thread.setDaemon(true);
    }

    /**
     * Returns a builder of a proxy in front of a port of 127.0.0.1, without faults.
     *
     * @param port from 1 to 65,535
     */
    public static Builder builder(int port) {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port must be between 1 and 65535, was " + port);
        }
        return builder(loopback(port));
    }

    /**
     * Returns a builder of a proxy in front of a target, without faults.
     *
     * @param target a resolved address; it is not looked up again
     */
    public static Builder builder(InetSocketAddress target) {
        if (target.isUnresolved()) {
            throw new IllegalArgumentException("target must be a resolved address");
        }
        return new Builder(target);
    }

    private static InetSocketAddress loopback(int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(LOCALHOST), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    /** Returns the port on 127.0.0.1. */
    public int port() {
        return port;
    }

    /** Returns the address that clients connect to. */
    public InetSocketAddress address() {
        return loopback(port);
    }

    /** Adds faults, for connections that live and those to come. Has no effect on a closed proxy. */
    public void add(ProxyFault... faults) {
        loop.add(List.of(faults));
    }

    /** Adds the faults of a plan. */
    public void add(ProxyPlan plan) {
        loop.add(plan.faults());
    }

    /**
     * Forgets all faults. Those that have not acted never will; delays, throttles and single octets end, and what they held back is
     * delivered at once. Directions that have ended stay so.
     */
    public void clearFaults() {
        loop.clearFaults();
    }

    /** Returns what has been done so far; after {@link #close()} what had been done by then. */
    public ProxyCounts counts() {
        return loop.counts();
    }

    /**
     * Ends all connections at once as {@link ProxyFault.Cut} does; octets under way are lost both ways. New connections are accepted as
     * before.
     */
    public void cutAll() {
        loop.cutAll();
    }

    /** Resets all connections at once; new ones are accepted as before. */
    public void resetAll() {
        loop.resetAll();
    }

    /** Stops listening, closes all connections and ends the thread. Octets under way are lost. Closing twice is harmless. */
    @Override
    public void close() {
        loop.stop();
        try {
            thread.join(THREAD_END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Settings of a proxy. Not thread-safe. */
    public static final class Builder {

        private static final int DEFAULT_BUFFER_BYTES = 1 << 20;
        private static final int LEAST_BUFFER_BYTES = 1 << 10;
        private static final int MOST_BUFFER_BYTES = 1 << 26;

        private final InetSocketAddress target;
        private final List<ProxyFault> faults = new ArrayList<>();
        private int bufferBytes = DEFAULT_BUFFER_BYTES;

        private Builder(InetSocketAddress target) {
            this.target = Objects.requireNonNull(target, "target");
        }

        /** Adds faults. */
        public Builder faults(ProxyFault... more) {
            faults.addAll(List.of(more));
            return this;
        }

        /** Adds the faults of a plan. */
        public Builder faults(ProxyPlan plan) {
            faults.addAll(plan.faults());
            return this;
        }

        /**
         * Limits the octets held for each direction of each connection; repeated ranges may come on top. 1 MiB unless set. With a delay, no
         * more than this is under way at once.
         *
         * @param bufferBytes from 1,024 to 67,108,864; small portions count 64 bytes more
         */
        public Builder bufferBytes(int bufferBytes) {
            if (bufferBytes < LEAST_BUFFER_BYTES || bufferBytes > MOST_BUFFER_BYTES) {
                throw new IllegalArgumentException("bufferBytes must be between " + LEAST_BUFFER_BYTES + " and "
                        + MOST_BUFFER_BYTES + ", was " + bufferBytes);
            }
            this.bufferBytes = bufferBytes;
            return this;
        }

        /**
         * Starts the proxy.
         *
         * @throws UncheckedIOException if no port could be opened
         */
        public FaultProxy start() {
            try {
                FaultProxy proxy = new FaultProxy(this);
                proxy.thread.start();
                return proxy;
            } catch (IOException e) {
                throw new UncheckedIOException("no port of 127.0.0.1 could be opened", e);
            }
        }
    }
}
