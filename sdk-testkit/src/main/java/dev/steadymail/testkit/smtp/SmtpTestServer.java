package dev.steadymail.testkit.smtp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A submission server (RFC 6409) for tests. It listens on 127.0.0.1, keeps what it accepts in a {@link SmtpMailroom}, delivers nothing, and
 * goes wrong when told to.
 *
 * <pre>{@code
 * try (SmtpTestServer server = SmtpTestServer.builder()
 *         .settings(settings -> settings.user("ada@example.com", "secret").sizeLimit(1_000_000))
 *         .startTls(certificate.context())
 *         .start()) {
 *     server.inject(SmtpFault.acceptThenCut(), SmtpTimes.once());
 *     // let a client send by 127.0.0.1 and server.port(), then
 *     Map<String, Integer> counts = server.mailroom().countsByMessageId();
 * }
 * }</pre>
 *
 * <p>Each connection has a daemon thread, and ends when its client says nothing for too long. Thread-safe.
 */
public final class SmtpTestServer implements AutoCloseable {
    private static final byte[] LOCALHOST = {127, 0, 0, 1};
    private static final int BACKLOG = 128;
    private static final int MOST_CONNECTIONS = 1_000;
    private static final Duration ACCEPT_END = Duration.ofSeconds(5);

    private final SmtpSettings settings;
    private final SmtpMailroom mailroom;
    private final SmtpFaultPlan faults;
    private final SmtpConnection.Surroundings surroundings;
    private final ServerSocket listener;
    private final Set<SmtpConnection> connections = ConcurrentHashMap.newKeySet();
    private final Thread acceptor;

    private SmtpTestServer(Builder builder) throws IOException {
        settings = builder.settings.build();
        mailroom = builder.mailroom;
        faults = builder.faults;
        surroundings = new SmtpConnection.Surroundings(
                builder.tls, builder.startTls, builder.idleLimit, new CountDownLatch(1));
        listener = new ServerSocket(builder.port, BACKLOG, InetAddress.getByAddress(LOCALHOST));
        acceptor = new Thread(this::acceptAll, "smtp-test-accept");
        acceptor.setDaemon(true);
    }

    /** Returns a builder of a plain server for everybody. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the port on 127.0.0.1. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Returns what was accepted and met. */
    public SmtpMailroom mailroom() {
        return mailroom;
    }

    /** Returns who may log in; may be changed at any time. */
    public SmtpUsers users() {
        return settings.users();
    }

    /** Returns the faults that still have to happen. */
    public SmtpFaultPlan faults() {
        return faults;
    }

    /** Makes a fault happen as often as the count says. */
    public void inject(SmtpFault fault, SmtpTimes times) {
        faults.add(fault, times);
    }

    /** Returns the number of open connections. */
    public int connections() {
        return connections.size();
    }

    /** Cuts all connections; new ones are accepted as before. */
    public void disconnectAll() {
        connections.forEach(SmtpConnection::close);
    }

    /** Stops listening and cuts all connections. Closing twice is harmless. */
    @Override
    public void close() {
        surroundings.closed().countDown();
        try {
            listener.close();
            acceptor.join(ACCEPT_END.toMillis());
        } catch (IOException e) {
            throw new UncheckedIOException("the listening socket could not be closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        disconnectAll();
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            try {
                open(listener.accept());
            } catch (IOException ended) {
                // Either the listener was closed, or one connection failed, which its client sees.
            }
        }
    }

    private void open(Socket socket) throws IOException {
        if (connections.size() >= MOST_CONNECTIONS) {
            socket.close();
            return;
        }
        SmtpConnection connection =
                new SmtpConnection(socket, new SmtpSession(settings, mailroom, faults), surroundings);
        connections.add(connection);
        Thread thread = new Thread(() -> run(connection), "smtp-test-session-" + socket.getPort());
        thread.setDaemon(true);
        thread.start();
    }

    private void run(SmtpConnection connection) {
        try {
            connection.run();
        } finally {
            connections.remove(connection);
        }
    }

    /** Settings of a server. Not thread-safe. */
    public static final class Builder {
        /** RFC 5321 section 4.5.3.2.7. */
        private static final Duration DEFAULT_IDLE_LIMIT = Duration.ofMinutes(5);

        private final SmtpSettings.Builder settings = SmtpSettings.builder();
        private SmtpMailroom mailroom = new SmtpMailroom();
        private SmtpFaultPlan faults = SmtpFaultPlan.seeded(1);
        private Duration idleLimit = DEFAULT_IDLE_LIMIT;
        private int port;
        private @Nullable SSLContext tls;
        private @Nullable SSLContext startTls;

        private Builder() {}

        /** Changes what the server offers and who may log in. */
        public Builder settings(Consumer<SmtpSettings.Builder> change) {
            change.accept(settings);
            return this;
        }

        /** Adds a user; everybody must log in then. */
        public Builder user(String user, String password) {
            settings.user(user, password);
            return this;
        }

        /** Speaks TLS from the first octet (port 465 in the world outside, RFC 8314). */
        public Builder tls(SSLContext context) {
            tls = Objects.requireNonNull(context, "context");
            return this;
        }

        /** Offers STARTTLS on plain connections (port 587 in the world outside). */
        public Builder startTls(SSLContext context) {
            startTls = Objects.requireNonNull(context, "context");
            settings.startTls();
            return this;
        }

        /** Keeps mail in this mailroom, which several servers may share. */
        public Builder mailroom(SmtpMailroom room) {
            mailroom = Objects.requireNonNull(room, "room");
            return this;
        }

        /** Takes faults from this plan, in place of an empty one with seed 1. */
        public Builder faults(SmtpFaultPlan plan) {
            faults = Objects.requireNonNull(plan, "plan");
            return this;
        }

        /**
         * Ends connections whose client says nothing for so long; five minutes unless set. It bounds handshakes as well.
         *
         * @param limit a millisecond to a day
         */
        public Builder idleLimit(Duration limit) {
            if (limit.toMillis() < 1 || limit.compareTo(Duration.ofDays(1)) > 0) {
                throw new IllegalArgumentException("limit must be a millisecond to a day, was " + limit);
            }
            idleLimit = limit;
            return this;
        }

        /** Listens at this port; 0, which it is unless set, takes a free one. */
        public Builder port(int number) {
            port = number;
            return this;
        }

        /**
         * Starts the server.
         *
         * @throws UncheckedIOException if the port could not be opened
         */
        public SmtpTestServer start() {
            try {
                SmtpTestServer server = new SmtpTestServer(this);
                server.acceptor.start();
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException("no port of 127.0.0.1 could be opened", e);
            }
        }
    }
}
