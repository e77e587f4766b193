package dev.steadymail.testkit.gmail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings of a {@link FakeGmail}. Not threadsafe. */
public final class FakeGmailBuilder {
    final Map<String, String> users = new LinkedHashMap<>();
    final Map<String, String> refreshTokens = new LinkedHashMap<>();
    InstantSource clock = InstantSource.system();
    Duration tokenLifetime = Duration.ofSeconds(3_599);
    // Above 2^53, where a client that reads ids into a double goes wrong.
    long firstHistoryId = (1L << 53) + 1_001;

    @Nullable
    GmailQuota quota;

    int concurrency = Integer.MAX_VALUE;
    GmailErrorShape errorShape = GmailErrorShape.ERRORS;
    Duration latency = Duration.ZERO;
    boolean rewritesMessageIds;

    FakeGmailBuilder() {}

    /** Adds a user with an empty mailbox and an access token that does not run out by itself. */
    public FakeGmailBuilder user(String address, String accessToken) {
        users.put(address, accessToken);
        return this;
    }

    /** Lets a refresh token be exchanged for access tokens of that user. */
    public FakeGmailBuilder refreshToken(String address, String refreshToken) {
        refreshTokens.put(refreshToken, address);
        return this;
    }

    /** Sets how long access tokens from the token endpoint last, in whole seconds; 3599 s by default. */
    public FakeGmailBuilder tokenLifetime(Duration lifetime) {
        if (lifetime.toSeconds() < 1) {
            throw new IllegalArgumentException("lifetime must be at least 1 second, was " + lifetime);
        }
        this.tokenLifetime = lifetime;
        return this;
    }

    /**
     * Sets the clock for times of arrival, expiry of tokens and watches, windows of a quota and {@code newer_than};
     * the system's by default. {@code ManualTime::now} is one.
     */
    public FakeGmailBuilder clock(InstantSource newClock) {
        this.clock = newClock;
        return this;
    }

    /** Sets the history id of an empty mailbox, read as unsigned; above 2^53 by default. */
    public FakeGmailBuilder firstHistoryId(long id) {
        this.firstHistoryId = id;
        return this;
    }

    /** Keeps a quota; without one, units are counted and never refused. */
    public FakeGmailBuilder quota(GmailQuota newQuota) {
        this.quota = newQuota;
        return this;
    }

    /**
     * Lets at most so many calls of one user be in progress at once, at least 1; others get 429. Parts of a batch are in
     * progress together, from the first until the last. No limit by default.
     */
    public FakeGmailBuilder concurrency(int calls) {
        if (calls < 1) {
            throw new IllegalArgumentException("calls must be at least 1, was " + calls);
        }
        this.concurrency = calls;
        return this;
    }

    /**
     * Gives sent mail a Message-ID of the service's own and keeps the sender's as {@code X-Google-Original-Message-ID}, as
     * the service does now and then. By default sent mail is kept byte for byte.
     */
    public FakeGmailBuilder rewriteMessageIds() {
        this.rewritesMessageIds = true;
        return this;
    }

    /** Sets the shape of all errors; {@link GmailErrorShape#ERRORS} by default. */
    public FakeGmailBuilder errorShape(GmailErrorShape shape) {
        this.errorShape = shape;
        return this;
    }

    /** Lets every HTTP request take this long in real time, a batch as one; none by default, at most a minute. */
    public FakeGmailBuilder latency(Duration wait) {
        this.latency = new FaultEffect.Delay(wait).duration();
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
            return FakeGmail.start(this);
        } catch (IOException noPort) {
            throw new UncheckedIOException("no port on 127.0.0.1 for the fake Gmail server", noPort);
        }
    }
}
