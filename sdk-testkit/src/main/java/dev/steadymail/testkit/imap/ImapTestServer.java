package dev.steadymail.testkit.imap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An IMAP4rev1 server (RFC 3501) in memory, for tests. It listens on 127.0.0.1 at a port of its own, keeps messages as exact bytes, lets the
 * test change mailboxes behind the client's back, and goes wrong when told to.
 *
 * <pre>{@code
 * try (ImapTestServer server = ImapTestServer.builder().user("ada@example.com", "secret").start()) {
 *     server.account("ada@example.com").append("INBOX", message, List.of("\\Seen"), OffsetDateTime.now(clock));
 *     server.inject(new ImapFault.DisconnectOn("FETCH"));
 *     // connect a client to 127.0.0.1 and server.port()
 * }
 * }</pre>
 *
 * <p>A user begins with INBOX, Archive, Drafts, Junk, Sent and Trash; {@code /} separates levels. Command lines end at 64 kB, literals at
 * 64 MB. Each connection has a daemon thread. Thread-safe.
 */
public final class ImapTestServer implements AutoCloseable {

    private static final byte[] LOCALHOST = {127, 0, 0, 1};
    private static final int BACKLOG = 128;

    /** RFC 3501 section 5.4 asks for at least 30 minutes before a silent client is dropped. */
    private static final Duration AUTOLOGOUT = Duration.ofMinutes(30);

    private static final Duration ACCEPT_END = Duration.ofSeconds(5);

    private final ServerContext context;
    private final @Nullable SSLContext tls;
    private final int maxConnections;
    private final ServerSocket listener;
    private final Set<ImapSession> sessions = ConcurrentHashMap.newKeySet();
    private final Thread acceptor;

    private ImapTestServer(Builder builder) throws IOException {
        context = builder.context();
        tls = builder.tls;
        maxConnections = builder.maxConnections;
        listener = new ServerSocket(0, BACKLOG, InetAddress.getByAddress(LOCALHOST));
        acceptor = new Thread(this::acceptAll, "imap-test-accept");
        acceptor.setDaemon(true);
    }

    /** Returns a builder of a server with the usual capabilities (see {@link ImapCapability}), without users. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the port on 127.0.0.1. */
    public int port() {
        return listener.getLocalPort();
    }

    /**
     * Returns direct access to the mailboxes of a user.
     *
     * @throws IllegalArgumentException if the builder was given no such user
     */
    public ImapTestAccount account(String user) {
        ServerContext.Account account = context.accounts().get(user);
        if (account == null) {
            throw new IllegalArgumentException("there is no such user; add it with builder.user(...)");
        }
        return new ImapTestAccount(account.store(), account.credentials());
    }

    /**
     * Returns the commands received, oldest first, without tags: {@code UID FETCH 1:5 (FLAGS)}. The secrets of LOGIN and AUTHENTICATE are
     * replaced, literals appear only as their announcement. The last 100,000 are kept.
     */
    public List<String> log() {
        return context.log().texts();
    }

    /** Forgets the commands received so far. */
    public void clearLog() {
        context.log().clear();
    }

    /**
     * Waits until a command has been received {@code count} times since the log was cleared. Useful with IDLE, whose pushes begin with the
     * state at that moment, so that nothing is missed after it.
     *
     * @param command name as in {@link ImapFault}
     * @return false if the time was over first
     */
    public boolean awaitCommand(String command, int count, Duration timeout) throws InterruptedException {
        return context.log().await(command, count, timeout);
    }

    /** Makes each fault act once, on its next occasion. */
    public void inject(ImapFault... faults) {
        for (ImapFault fault : faults) {
            inject(fault, FaultCount.once());
        }
    }

    /** Makes a fault act as often as the count says. */
    public void inject(ImapFault fault, FaultCount count) {
        context.faults().add(fault, count);
    }

    /** Forgets the faults that have not acted yet. */
    public void clearFaults() {
        context.faults().clear();
    }

    /**
     * Does something before each command from now on, while the client waits for the answer: what another client does meanwhile.
     *
     * @param hook is given the command's name, such as {@code UID FETCH}, on the thread of the session; what it throws ends the session
     */
    public void beforeCommand(Consumer<String> hook) {
        context.watch().set(hook);
    }

    /** Returns the number of open connections. */
    public int connections() {
        return sessions.size();
    }

    /** Cuts all connections; new ones are accepted as before. */
    public void disconnectAll() {
        sessions.forEach(ImapSession::close);
    }

    /** Stops listening and cuts all connections. Closing twice is harmless. */
    @Override
    public void close() {
        context.closed().countDown();
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
        if (sessions.size() >= maxConnections) {
            refuse(socket);
            return;
        }
        socket.setSoTimeout(Math.toIntExact(AUTOLOGOUT.toMillis()));
        socket.setTcpNoDelay(true);
        ImapSession session = new ImapSession(tls == null ? socket : TlsSockets.serverSide(tls, socket), context);
        sessions.add(session);
        Thread thread = new Thread(() -> run(session), "imap-test-session-" + socket.getPort());
        thread.setDaemon(true);
        thread.start();
    }

    private void run(ImapSession session) {
        try {
            session.run();
        } finally {
            sessions.remove(session);
        }
    }

    /** Refuses as servers do that limit connections; under TLS a bare close must do. */
    private void refuse(Socket socket) throws IOException {
        try (socket) {
            if (tls == null) {
                ResponseWriter writer = new ResponseWriter(socket.getOutputStream(), new FaultPlan());
                writer.untagged("BYE [LIMIT] too many simultaneous connections");
                writer.flush();
            }
        }
    }

    /** Settings of a server. Not thread-safe. */
    public static final class Builder {

        private static final int DEFAULT_MAX_CONNECTIONS = 1_000;

        private final Set<ImapCapability> capabilities = ImapCapability.onByDefault();
        private final Map<String, String> passwords = new LinkedHashMap<>();
        private @Nullable SSLContext tls;
        private @Nullable SSLContext startTls;
        private boolean loginNeedsTls;
        private int maxConnections = DEFAULT_MAX_CONNECTIONS;
        private Clock clock = Clock.systemUTC();

        private Builder() {}

        /** Adds a user with the usual mailboxes. */
        public Builder user(String name, String password) {
            passwords.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(password, "password"));
            return this;
        }

        /** Adds capabilities that are off by default. */
        public Builder with(ImapCapability... wanted) {
            capabilities.addAll(List.of(wanted));
            return this;
        }

        /** Takes capabilities away: the server then neither announces nor understands them. */
        public Builder without(ImapCapability... unwanted) {
            List.of(unwanted).forEach(capabilities::remove);
            return this;
        }

        /** Offers these capabilities and no other. */
        public Builder only(ImapCapability... wanted) {
            capabilities.clear();
            capabilities.addAll(List.of(wanted));
            return this;
        }

        /** Speaks TLS from the first byte (port 993 in the world outside). */
        public Builder tls(SSLContext context) {
            tls = Objects.requireNonNull(context, "context");
            return this;
        }

        /** Offers STARTTLS on plain connections. */
        public Builder startTls(SSLContext context) {
            startTls = Objects.requireNonNull(context, "context");
            return this;
        }

        /** Announces LOGINDISABLED and refuses to log in on plain connections. */
        public Builder loginNeedsTls() {
            loginNeedsTls = true;
            return this;
        }

        /**
         * Limits the connections open at once; further ones are greeted with BYE. 1,000 unless set.
         *
         * @param maxConnections at least 1
         */
        public Builder maxConnections(int maxConnections) {
            if (maxConnections < 1) {
                throw new IllegalArgumentException("maxConnections must be at least 1, was " + maxConnections);
            }
            this.maxConnections = maxConnections;
            return this;
        }

        /** Sets what gives INTERNALDATE to an APPEND without a date; the system's clock in UTC unless set. */
        public Builder clock(Clock clock) {
            this.clock = Objects.requireNonNull(clock, "clock");
            return this;
        }

        /**
         * Starts the server.
         *
         * @throws UncheckedIOException if no port could be opened
         */
        public ImapTestServer start() {
            try {
                ImapTestServer server = new ImapTestServer(this);
                server.acceptor.start();
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException("no port of 127.0.0.1 could be opened", e);
            }
        }

        private ServerContext context() {
            Map<String, ServerContext.Account> accounts = new LinkedHashMap<>();
            passwords.forEach((name, password) ->
                    accounts.put(name, new ServerContext.Account(new AccountStore(), new Credentials(password))));
            EnumSet<ImapCapability> offered = EnumSet.noneOf(ImapCapability.class);
            offered.addAll(capabilities);
            return new ServerContext(
                    offered,
                    Map.copyOf(accounts),
                    startTls,
                    loginNeedsTls,
                    clock,
                    new FaultPlan(),
                    new CommandLog(),
                    new CommandWatch(),
                    new CountDownLatch(1));
        }
    }
}
