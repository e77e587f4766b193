package dev.steadymail.oauth;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.time.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Waits on a port of 127.0.0.1 for one request, on the caller's thread. Connections that say nothing, which browsers open in advance,
 * keep nobody waiting. At most 16 connections at once, 8 KiB a request. Closing it from another thread ends the wait.
 */
final class LoopbackListener implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 16;
    private static final int MOST_OCTETS = 8 << 10;
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private final ServerSocketChannel server;
    private final Selector selector;
    private final String authority;
    private final String path;

    private LoopbackListener(ServerSocketChannel server, Selector selector, String host, String path)
            throws IOException {
        this.server = server;
        this.selector = selector;
        this.path = path;
        this.authority = host + ":" + ((InetSocketAddress) server.getLocalAddress()).getPort();
    }

    /** Listens on a port that the system chooses. */
    static LoopbackListener open(String host, String path) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        Selector selector = null;
        try {
            selector = Selector.open();
            server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            return new LoopbackListener(server, selector, host, path);
        } catch (IOException failure) {
            server.close();
            if (selector != null) {
                selector.close();
            }
            throw failure;
        }
    }

    /** Returns name and port, as the redirect has them. */
    String authority() {
        return authority;
    }

    /**
     * Returns the query of the first request to the path that is the one waited for; others are answered and passed over.
     *
     * @throws MailException DEADLINE, or CANCELLED where the thread is interrupted or this is closed
     */
    String await(Predicate<String> isIt, Deadline deadline) {
        try {
            while (!deadline.hasPassed()) {
                long millis = Math.max(1, deadline.atMost(LOOK_AGAIN).toMillis());
                int unused = selector.select(millis);
                if (Thread.currentThread().isInterrupted()) {
                    throw MailException.of(Kind.CANCELLED, "the calling thread was interrupted");
                }
                Optional<String> query = serve(isIt);
                if (query.isPresent()) {
                    return query.get();
                }
            }
        } catch (ClosedSelectorException closed) {
            throw MailException.of(Kind.CANCELLED, "the login was ended", closed);
        } catch (IOException failure) {
            throw MailException.of(Kind.NETWORK, "listening on 127.0.0.1 failed", failure);
        }
        throw MailException.of(Kind.DEADLINE, "nobody logged in before the deadline; start another login");
    }

    private Optional<String> serve(Predicate<String> isIt) throws IOException {
        Optional<String> query = Optional.empty();
        for (SelectionKey key : new ArrayList<>(selector.selectedKeys())) {
            if (key.channel() == server) {
                accept();
            } else if (query.isEmpty() && key.isValid()) {
                query = read(key, isIt);
            }
        }
        selector.selectedKeys().clear();
        dropTheSilent();
        return query;
    }

    private void accept() throws IOException {
        SocketChannel channel = server.accept();
        if (channel == null) {
            return;
        }
        if (selector.keys().size() > MOST_CONNECTIONS) {
            dropTheOldest();
        }
        channel.configureBlocking(false);
        channel.register(
                selector, SelectionKey.OP_READ, new Visit(System.nanoTime(), ByteBuffer.allocate(MOST_OCTETS)));
    }

    /** A visitor who goes away in the middle is no failure of the login. */
    private Optional<String> read(SelectionKey key, Predicate<String> isIt) {
        SocketChannel channel = (SocketChannel) key.channel();
        Optional<String> query = Optional.empty();
        try {
            Visit visit = (Visit) key.attachment();
            int count = channel.read(visit.read());
            String head = visit.head();
            if (head != null) {
                query = answer(channel, head, isIt);
            } else if (count >= 0 && visit.read().hasRemaining()) {
                return query;
            } else if (count >= 0) {
                RedirectPage.write(channel, 431);
            }
        } catch (IOException gone) {
            // Closed below; what it said before counts.
        }
        close(channel);
        return query;
    }

    private Optional<String> answer(SocketChannel channel, String head, Predicate<String> isIt) throws IOException {
        RedirectHead judged = RedirectHead.judge(head, authority, path);
        boolean mine = judged.status() == 200 && isIt.test(judged.query());
        try {
            RedirectPage.write(channel, judged.status() == 200 && !mine ? 400 : judged.status());
        } catch (IOException gone) {
            if (!mine) {
                throw gone;
            }
        }
        return mine ? Optional.of(judged.query()) : Optional.empty();
    }

    /** Who has said nothing for longest has least to say; refusing the newest would let silent visitors keep the browser out. */
    private void dropTheOldest() {
        selector.keys().stream()
                .filter(key -> key.isValid() && key.attachment() instanceof Visit)
                .min(Comparator.comparingLong(key -> ((Visit) key.attachment()).since()))
                .ifPresent(key -> close((SocketChannel) key.channel()));
    }

    private void dropTheSilent() {
        long now = System.nanoTime();
        for (SelectionKey key : selector.keys()) {
            if (key.attachment() instanceof Visit visit && now - visit.since() > SILENCE.toNanos()) {
                close((SocketChannel) key.channel());
            }
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException gone) {
            // It is closed for us, which is all that matters.
        }
    }

    @Override
    public void close() {
        try (server) {
            closeConnections();
            selector.close();
        } catch (IOException failure) {
            throw MailException.of(Kind.NETWORK, "the listener on 127.0.0.1 could not be closed", failure);
        }
    }

    private void closeConnections() {
        Set<SelectionKey> keys = selector.isOpen() ? selector.keys() : Set.of();
        for (SelectionKey key : keys) {
            if (key.channel() instanceof SocketChannel channel) {
                close(channel);
            }
        }
    }

    /** One connection: since when, and what it has said. */
    private record Visit(long since, ByteBuffer read) {
        /** Returns the head where it is complete. */
        @Nullable
        String head() {
            String text =
                    StandardCharsets.ISO_8859_1.decode(read.duplicate().flip()).toString();
            int end = text.indexOf("\r\n\r\n");
            return end < 0 ? null : text.substring(0, end);
        }
    }
}
