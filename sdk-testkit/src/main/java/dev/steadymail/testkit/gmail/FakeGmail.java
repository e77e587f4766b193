package dev.steadymail.testkit.gmail;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A Gmail REST API inside this process, for tests: with batches, uploads, watches over Pub/Sub, quotas, and the token
 * endpoint.
 *
 * <pre>{@code
 * try (FakeGmail gmail = FakeGmail.builder().user("ada@example.com", "token-ada").start()) {
 *     gmail.mailbox("ada@example.com").add(bytes, "INBOX", "UNREAD");
 *     // point a client to gmail.rootUrl() with the bearer token "token-ada"
 * }
 * }</pre>
 *
 * <p>It listens on 127.0.0.1 at a free port, keeps everything in memory, and answers at most 16 calls at a time on
 * daemon threads. Mail sent to an address that has a mailbox here arrives there at once. Quota and concurrency are
 * unlimited until the builder sets them; {@link #inject} plays any other trouble. A dropped connection is closed in order,
 * which the JDK's server cannot turn into a TCP reset. Request bodies are limited to 64 MB. Starting one sets the system
 * property {@code sun.net.httpserver.nodelay} unless it is set already.
 *
 * <p>This class is threadsafe. Closing it twice is harmless.
 */
public final class FakeGmail implements AutoCloseable {
    private final LoopbackServer server = new LoopbackServer();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Mailboxes mailboxes;
    private final PushTokens pushTokens;
    private final FakePubSub pubSub;
    private final ResumableUploads uploads = new ResumableUploads();
    private final TokenEndpoint tokens;
    private final FaultTable faults;
    private final RequestLog log = new RequestLog();
    private final UsageTable usage = new UsageTable();
    private volatile Runnable beforeRequest = () -> {};

    private FakeGmail(FakeGmailBuilder settings) throws IOException {
        this.faults = new FaultTable(closed, settings.errorShape);
        this.tokens = new TokenEndpoint(settings.clock, settings.tokenLifetime);
        this.pushTokens = new PushTokens(settings.clock);
        this.pubSub = new FakePubSub(settings.clock, pushTokens);
        Watches watches = new Watches(settings.clock, pubSub);
        this.mailboxes = new Mailboxes(watches, settings.rewritesMessageIds);
        settings.users.forEach((address, token) -> {
            mailboxes.add(new Mailbox(address, settings.clock, settings.firstHistoryId, watches));
            tokens.allow(address, token);
        });
        settings.refreshTokens.forEach((token, address) -> tokens.allowRefresh(address, token));
    }

    static FakeGmail start(FakeGmailBuilder settings) throws IOException {
        FakeGmail gmail = new FakeGmail(settings);
        gmail.server.start(gmail.front(settings));
        return gmail;
    }

    private Front front(FakeGmailBuilder settings) {
        QuotaMeter quota = new QuotaMeter(settings.quota, settings.clock, usage);
        RestApi api = new RestApi(mailboxes, tokens, quota, uploads);
        Endpoints endpoints = new Endpoints(tokens, api, pushTokens, new PubSubEndpoint(pubSub, tokens));
        Admission admission = new Admission(settings.concurrency, tokens, usage);
        Front front = new Front(endpoints, faults, admission, usage, log, settings.errorShape, settings.latency);
        front.before(() -> beforeRequest.run());
        return front;
    }

    /** Returns a builder without users. */
    public static FakeGmailBuilder builder() {
        return new FakeGmailBuilder();
    }

    /** Returns the root of the API, ending in a slash: what Google's client takes as its root URL. */
    public String rootUrl() {
        return "http://127.0.0.1:" + server.port() + "/";
    }

    /** Returns the URL at which a refresh token is exchanged for an access token. */
    public String tokenUrl() {
        return "http://127.0.0.1:" + server.port() + TokenEndpoint.PATH;
    }

    /** Returns the URL of the keys that verify the tokens of pushes. */
    public String certsUrl() {
        return "http://127.0.0.1:" + server.port() + PushTokens.CERTS_PATH;
    }

    /** Returns the Pub/Sub side of watches. */
    public FakePubSub pubSub() {
        return pubSub;
    }

    /** Forgets all resumable uploads in progress: their session URLs get 404 from now on. */
    public void expireUploads() {
        uploads.expire();
    }

    /**
     * Returns direct access to a user's mail.
     *
     * @throws IllegalArgumentException if no user has that address
     */
    public GmailMailbox mailbox(String address) {
        return new GmailMailbox(mailboxes, user(address));
    }

    private Mailbox user(String address) {
        Mailbox mailbox = mailboxes.find(address);
        if (mailbox == null) {
            throw new IllegalArgumentException("no user with this address: name it in the builder");
        }
        return mailbox;
    }

    /** Adds faults behind those already waiting; the first that matches a call applies. */
    public void inject(GmailFault... more) {
        faults.add(List.of(more));
    }

    /** Forgets all faults. */
    public void clearFaults() {
        faults.clear();
    }

    /**
     * Does something before each HTTP request from now on is answered, a batch being one: what another client does meanwhile.
     *
     * @param hook runs on the thread of the request
     */
    public void beforeRequest(Runnable hook) {
        beforeRequest = hook;
    }

    /** Returns the calls answered so far, oldest first; at most the newest 100,000. */
    public List<GmailRequest> log() {
        return log.entries();
    }

    /** Empties the log. */
    public void clearLog() {
        log.clear();
    }

    /**
     * Returns what a user's calls used so far.
     *
     * @throws IllegalArgumentException if no user has that address
     */
    public GmailUsage usage(String address) {
        return usage.usage(user(address).address());
    }

    /** Returns what all calls together came to so far. */
    public GmailTraffic traffic() {
        return usage.traffic();
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
        server.stop();
        pubSub.close();
    }
}
