package dev.steadymail.testkit.gmail;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Gmail REST API and its token endpoint inside this process, for tests.
 *
 * <pre>{@code
 * try (FakeGmail gmail = FakeGmail.builder().user("ada@example.com", "token-ada").start()) {
 *     gmail.mailbox("ada@example.com").add(bytes, "INBOX", "UNREAD");
 *     // point a client to gmail.rootUrl() with the bearer token "token-ada"
 * }
 * }</pre>
 *
 * <p>It listens on 127.0.0.1 at a free port, keeps everything in memory, and answers at most 16 calls at a time on
 * daemon threads. Mail sent to an address that has a mailbox here arrives there at once. There are no quotas: use
 * {@link #inject} to see how a client meets one. A dropped connection is closed in order, which the JDK's server cannot
 * turn into a TCP reset. Request bodies are limited to 64 MB. Starting one sets the system property {@code
 * sun.net.httpserver.nodelay} unless it is set already.
 *
 * <p>This class is threadsafe. Closing it twice is harmless.
 */
public final class FakeGmail implements AutoCloseable {
    private static final String NO_DELAY = "sun.net.httpserver.nodelay";
    private static final int THREADS = 16;
    private static final int MAX_WAITING_CALLS = 1_024;

    private final HttpServer server;
    private final ThreadPoolExecutor workers;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Mailboxes mailboxes = new Mailboxes();
    private final TokenEndpoint tokens;
    private final FaultTable faults = new FaultTable(closed);
    private final RequestLog log = new RequestLog();

    private FakeGmail(Builder settings) throws IOException {
        this.tokens = new TokenEndpoint(settings.clock, settings.tokenLifetime);
        settings.users.forEach((address, token) -> {
            mailboxes.add(new Mailbox(address, settings.clock, settings.firstHistoryId));
            tokens.allow(address, token);
        });
        settings.refreshTokens.forEach((token, address) -> tokens.allowRefresh(address, token));
        this.workers = workers();
        sendWithoutDelay();
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        server.setExecutor(workers);
        server.createContext("/", new Front(new RestApi(mailboxes, tokens), tokens, faults, log));
    }

    /** Returns a builder without users. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the root of the API, ending in a slash: what Google's client takes as its root URL. */
    public String rootUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** Returns the URL at which a refresh token is exchanged for an access token. */
    public String tokenUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + TokenEndpoint.PATH;
    }

    /**
     * Returns direct access to a user's mail.
     *
     * @throws IllegalArgumentException if no user has that address
     */
    public GmailMailbox mailbox(String address) {
        Mailbox mailbox = mailboxes.find(address);
        if (mailbox == null) {
            throw new IllegalArgumentException("no user with this address: name it in the builder");
        }
        return new GmailMailbox(mailboxes.lock(), mailbox);
    }

    /** Adds faults behind those already waiting; the first that matches a call applies. */
    public void inject(GmailFault... more) {
        faults.add(List.of(more));
    }

    /** Forgets all faults. */
    public void clearFaults() {
        faults.clear();
    }

    /** Returns the calls answered so far, oldest first; at most the newest 100,000. */
    public List<GmailRequest> log() {
        return log.entries();
    }

    /** Empties the log. */
    public void clearLog() {
        log.clear();
    }

    /** Lets calls with this access token get 401 from now on. */
    public void expireToken(String accessToken) {
        tokens.expire(accessToken);
    }

    /** Lets this refresh token get {@code invalid_grant} from now on. */
    public void revokeRefreshToken(String refreshToken) {
        tokens.revoke(refreshToken);
    }

    /** Stops the server and its threads and breaks off calls in progress. */
    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        workers.shutdownNow();
    }

    private void start() {
        // The server's own thread inherits the daemon flag of the thread that starts it.
        Thread starter = new Thread(server::start, "fake-gmail-start");
        starter.setDaemon(true);
        starter.start();
        try {
            starter.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            close();
            throw new IllegalStateException("interrupted while starting the fake Gmail server", interrupted);
        }
    }

    /**
     * The JDK's server sends head and body apart, so every call on a kept connection would wait some 40 ms for a
     * delayed acknowledgement. The only switch is this property, read when the process makes its first server.
     */
    private static void sendWithoutDelay() {
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
    }

    private static ThreadPoolExecutor workers() {
        AtomicInteger number = new AtomicInteger();
        return new ThreadPoolExecutor(
                THREADS, THREADS, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING_CALLS), task -> {
                    Thread thread = new Thread(task, "fake-gmail-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Settings of a {@link FakeGmail}. Not threadsafe. */
    public static final class Builder {
        private final Map<String, String> users = new LinkedHashMap<>();
        private final Map<String, String> refreshTokens = new LinkedHashMap<>();
        private Clock clock = Clock.systemUTC();
        private Duration tokenLifetime = Duration.ofSeconds(3_599);
        // Above 2^53, where a client that reads ids into a double goes wrong.
        private long firstHistoryId = (1L << 53) + 1_001;

        private Builder() {}

        /** Adds a user with an empty mailbox and an access token that does not run out by itself. */
        public Builder user(String address, String accessToken) {
            users.put(address, accessToken);
            return this;
        }

        /** Lets a refresh token be exchanged for access tokens of that user. */
        public Builder refreshToken(String address, String refreshToken) {
            refreshTokens.put(refreshToken, address);
            return this;
        }

        /** Sets how long access tokens from the token endpoint last, in whole seconds; 3599 s by default. */
        public Builder tokenLifetime(Duration lifetime) {
            if (lifetime.toSeconds() < 1) {
                throw new IllegalArgumentException("lifetime must be at least 1 second, was " + lifetime);
            }
            this.tokenLifetime = lifetime;
            return this;
        }

        /** Sets the clock for times of arrival, token expiry and {@code newer_than}; the system's by default. */
        public Builder clock(Clock newClock) {
            this.clock = newClock;
            return this;
        }

        /** Sets the history id of an empty mailbox, read as unsigned; above 2^53 by default. */
        public Builder firstHistoryId(long id) {
            this.firstHistoryId = id;
            return this;
        }

        /**
         * Starts the server.
         *
         * @throws IllegalArgumentException if a refresh token names an address that is not a user's
         * @throws UncheckedIOException if no port on 127.0.0.1 can be had
         */
        public FakeGmail start() {
            if (!users.keySet().containsAll(refreshTokens.values())) {
                throw new IllegalArgumentException("a refresh token belongs to no user: add the user first");
            }
            try {
                FakeGmail gmail = new FakeGmail(this);
                gmail.start();
                return gmail;
            } catch (IOException noPort) {
                throw new UncheckedIOException("no port on 127.0.0.1 for the fake Gmail server", noPort);
            }
        }
    }
}
