package dev.steadymail.imap.wire;

import dev.steadymail.guard.Traffic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection whose octets a thread waits for: for protocols in which one side speaks at a time. Reaches a server, directly or by a
 * proxy, puts TLS on, and moves octets both ways with back-pressure. One thread uses it at a time; {@link #abort} may come from any.
 * Every wait ends with its limit, with the connection, or with an interruption of the thread.
 */
public final class OctetChannel {
    /** More is not taken from the server before it was read. */
    private static final int MOST_UNREAD = 256 << 10;

    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final IoThreads threads;
    private final EventLoop loop;
    private final Traffic traffic;
    private final Lifetime lifetime;
    private final Incoming incoming = new Incoming();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ByteArrayOutputStream unread = new ByteArrayOutputStream(0);
    private @Nullable Endpoint endpoint;
    private @Nullable IOException end;
    private boolean connected;
    private boolean secured;
    private int queued;
    private boolean stuffed;
    private boolean paused;
    /** Confined to the I/O thread. */
    private boolean writing;

    private OctetChannel(IoThreads threads, Traffic traffic) throws IOException {
        this.threads = threads;
        this.loop = threads.next();
        this.traffic = traffic;
        this.lifetime = new Lifetime(loop);
        lifetime.mournedBy(cause -> change(() -> end = cause));
    }

    /**
     * Begins a connection on one of the threads; nothing is connected yet.
     *
     * @throws IOException where the threads have ended
     */
    public static OctetChannel on(IoThreads threads, Traffic traffic) throws IOException {
        return new OctetChannel(threads, traffic);
    }

    /**
     * Connects, and puts TLS on where the endpoint says so.
     *
     * @throws IOException {@link UnreachableException}, {@link ProxyException}, {@link HandshakeException} or another
     */
    public void connect(Endpoint to) throws IOException {
        endpoint = to;
        loop.execute(() -> dial(to));
        await(() -> connected, to.connect().plus(GRACE), "connecting");
        if (to.implicitTls()) {
            await(() -> secured, to.handshake().plus(GRACE), "the TLS handshake");
        }
    }

    /**
     * Puts TLS on. A single octet that came before and was not read ends the connection (CVE-2011-0411).
     *
     * @throws IOException {@link BrokenProtocolException}, {@link HandshakeException} or another
     */
    public void secure() throws IOException {
        Endpoint to = requireEndpoint();
        loop.execute(this::secureNow);
        await(() -> secured, to.handshake().plus(GRACE), "the TLS handshake");
    }

    /** Answers whether TLS is on, so that it is the server that speaks. */
    public boolean isSecured() {
        lock.lock();
        try {
            return secured;
        } finally {
            lock.unlock();
        }
    }

    /** Sends octets, which are this object's from now on; does not wait. Nothing happens where the connection is over. */
    public void write(ByteBuffer octets) {
        change(() -> queued++);
        traffic.countBytes(octets.remaining());
        loop.execute(() -> {
            writeNow(octets);
            change(() -> queued--);
        });
    }

    /**
     * Waits until all that was written has left this process, or the server says something, or the connection is over.
     *
     * @throws SocketTimeoutException where the server takes nothing for too long
     */
    public void awaitRoom(Duration limit) throws IOException {
        await(() -> (queued == 0 && !stuffed) || unread.size() > 0, limit, "sending");
    }

    /**
     * Waits for octets.
     *
     * @return at least one
     * @throws SocketTimeoutException where none came in time
     * @throws IOException where the connection is over and all that came was read
     */
    public ByteBuffer read(Duration limit) throws IOException {
        await(() -> unread.size() > 0, limit, "the server's answer");
        return poll();
    }

    /** Returns what has come and was not read, possibly nothing. */
    public ByteBuffer poll() {
        lock.lock();
        try {
            if (unread.size() == 0) {
                return NOTHING.duplicate();
            }
            ByteBuffer taken = ByteBuffer.wrap(unread.toByteArray());
            unread.reset();
            if (paused) {
                paused = false;
                loop.execute(this::resumeNow);
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Answers whether the connection lasts, as far as is known. */
    public boolean isOpen() {
        return lifetime.isOpen();
    }

    /** Breaks the connection. Harmless when repeated. */
    public void abort() {
        loop.execute(() -> lifetime.lose(Leaving.givenUp()));
    }

    /** Sends some last octets, and breaks the connection when the server has answered or {@code patience} is over; does not wait. */
    public void leave(ByteBuffer last, Duration patience) {
        loop.execute(() -> {
            incoming.leaving = true;
            writeNow(last);
            EventLoop.Timer unused = loop.schedule(patience.toNanos(), () -> lifetime.lose(Leaving.givenUp()));
        });
    }

    private Endpoint requireEndpoint() {
        Endpoint to = endpoint;
        if (to == null) {
            throw new IllegalStateException("not connected yet");
        }
        return to;
    }

    private void await(BooleanSupplier done, Duration limit, String what) throws IOException {
        long left = limit.toNanos();
        lock.lock();
        try {
            while (!done.getAsBoolean()) {
                IOException over = end;
                if (over != null) {
                    throw over;
                }
                if (left <= 0) {
                    throw new SocketTimeoutException(what + " took longer than " + limit.toMillis() + " ms");
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted during " + what);
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void dial(Endpoint to) {
        if (lifetime.end() != null) {
            return;
        }
        ProxyRoute proxy = to.proxy();
        if (proxy == null) {
            Dialer dialer = new Dialer(loop, to.addresses(), incoming);
            lifetime.dials(dialer::cancel);
            dialer.start(to.connect());
        } else {
            ProxyDialer dialer = new ProxyDialer(loop, to, proxy, incoming, this::connectedNow, lifetime::ended);
            lifetime.dials(dialer::cancel);
            dialer.start(to.connect());
        }
    }

    private void connectedNow(Link link) {
        lifetime.connected(link);
        if (requireEndpoint().implicitTls()) {
            secureNow();
        }
        change(() -> connected = true);
    }

    private void secureNow() {
        Link link = lifetime.link();
        if (link == null || lifetime.end() != null) {
            return;
        }
        if (hasUnread()) {
            lifetime.lose(BrokenProtocolException.injected("octets came between STARTTLS and the handshake"));
            return;
        }
        Endpoint to = requireEndpoint();
        try {
            lifetime.handshakes(true);
            incoming.limitHandshake(to.handshake());
            link.secure(Opening.engine(to), threads.handshakes());
        } catch (NoSuchAlgorithmException | RuntimeException missing) {
            lifetime.lose(new IOException("this Java runtime cannot set up TLS", missing));
        }
    }

    private boolean hasUnread() {
        lock.lock();
        try {
            return unread.size() > 0;
        } finally {
            lock.unlock();
        }
    }

    private void writeNow(ByteBuffer octets) {
        Link link = lifetime.link();
        if (link == null || lifetime.end() != null) {
            return;
        }
        writing = true;
        try {
            link.write(octets);
        } finally {
            writing = false;
        }
        boolean waits = link.isStuffed();
        change(() -> stuffed = waits);
    }

    private void resumeNow() {
        Link link = lifetime.link();
        if (link != null) {
            link.resume();
        }
    }

    /** What the link tells. Confined to the I/O thread. */
    private final class Incoming implements Link.Listener, Dialer.Listener {
        private EventLoop.@Nullable Timer handshake;
        private boolean leaving;

        @Override
        public void connected(SelectionKey key) {
            connectedNow(new Link(loop, key, this));
        }

        @Override
        public void failed(IOException cause) {
            lifetime.ended(new UnreachableException(cause));
        }

        void limitHandshake(Duration limit) {
            handshake = loop.schedule(
                    limit.toNanos(),
                    () -> lifetime.lose(new SocketTimeoutException(
                            "the TLS handshake took longer than " + limit.toMillis() + " ms")));
        }

        @Override
        public void received(ByteBuffer octets) {
            traffic.countBytes(octets.remaining());
            if (leaving) {
                octets.position(octets.limit());
                lifetime.lose(Leaving.givenUp());
                return;
            }
            byte[] taken = new byte[octets.remaining()];
            octets.get(taken);
            change(() -> {
                unread.writeBytes(taken);
                paused = unread.size() >= MOST_UNREAD;
            });
            Link link = lifetime.link();
            if (isPausing() && link != null) {
                link.pause();
            }
        }

        private boolean isPausing() {
            lock.lock();
            try {
                return paused;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void turnEnded() {}

        @Override
        public void secured() {
            if (handshake != null) {
                handshake.cancel();
            }
            lifetime.handshakes(false);
            change(() -> secured = true);
        }

        @Override
        public void drained() {
            if (!writing) {
                change(() -> stuffed = false);
            }
        }

        @Override
        public void closed(IOException cause) {
            lifetime.ended(cause);
        }
    }

    @Override
    public String toString() {
        return "OctetChannel[open=" + isOpen() + "]";
    }
}
