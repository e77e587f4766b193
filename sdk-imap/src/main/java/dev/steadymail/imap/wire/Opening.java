package dev.steadymail.imap.wire;

import dev.steadymail.imap.codec.Response;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.SelectionKey;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * The steps from nothing to a greeted and protected connection, each within its limit. Confined to the I/O thread, but for {@link
 * #isSecured} and the future.
 */
final class Opening implements Dialer.Listener {
    private static final String[] TLS_VERSIONS = {"TLSv1.3", "TLSv1.2"};

    private final IoThreads threads;
    private final EventLoop loop;
    private final Lifetime lifetime;
    private final SessionLog log;
    private final CompletableFuture<Response.Untagged> greeting = new CompletableFuture<>();
    private @Nullable Endpoint endpoint;
    private Link.@Nullable Listener incoming;
    private @Nullable Consent consent;
    /** Until the handshake is over. */
    private @Nullable SSLEngine engine;

    private EventLoop.@Nullable Timer phase;
    private volatile boolean secured;

    Opening(IoThreads threads, EventLoop loop, Lifetime lifetime, SessionLog log) {
        this.log = log;
        this.threads = threads;
        this.loop = loop;
        this.lifetime = lifetime;
    }

    /** Returns what ends with the greeting, or with what prevented it. */
    CompletableFuture<Response.Untagged> greeting() {
        return greeting;
    }

    /** Answers whether TLS is on. */
    boolean isSecured() {
        return secured;
    }

    /** Returns what the server agreed to put TLS on with, null where it did not or TLS is on. */
    @Nullable
    Consent consent() {
        return consent;
    }

    /** Takes the server's consent to STARTTLS; nothing may come before the handshake. */
    void consented(Consent given) {
        consent = given;
    }

    void connect(Endpoint to, Link.Listener listener) {
        endpoint = to;
        incoming = listener;
        ProxyRoute proxy = to.proxy();
        if (lifetime.end() != null) {
            return;
        }
        if (proxy == null) {
            Dialer dialer = new Dialer(loop, to.addresses(), this);
            lifetime.dials(dialer::cancel);
            dialer.start(to.connect());
        } else {
            ProxyDialer dialer = new ProxyDialer(loop, to, proxy, listener, this::connected, lifetime::ended);
            lifetime.dials(dialer::cancel);
            dialer.start(to.connect());
        }
    }

    @Override
    public void connected(SelectionKey key) {
        connected(new Link(loop, key, Objects.requireNonNull(incoming)));
    }

    private void connected(Link link) {
        Endpoint to = Objects.requireNonNull(endpoint);
        lifetime.connected(link);
        log.connected();
        if (to.implicitTls()) {
            secure();
        } else {
            limitPhase(to.greeting(), "the greeting");
        }
    }

    @Override
    public void failed(IOException cause) {
        lifetime.ended(new UnreachableException(cause));
    }

    /** Begins the handshake. */
    void secure() {
        Link over = lifetime.link();
        if (over == null) {
            return;
        }
        Endpoint to = Objects.requireNonNull(endpoint);
        try {
            lifetime.handshakes(true);
            limitPhase(to.handshake(), "the TLS handshake");
            SSLEngine made = engine(to);
            engine = made;
            over.secure(made, threads.handshakes());
        } catch (NoSuchAlgorithmException | RuntimeException missing) {
            lifetime.lose(new IOException("this Java runtime cannot set up TLS", missing));
        }
    }

    static SSLEngine engine(Endpoint to) throws NoSuchAlgorithmException {
        SSLContext context = to.trust() != null ? to.trust() : SSLContext.getDefault();
        SSLEngine engine =
                context.createSSLEngine(to.host(), to.addresses().get(0).getPort());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(TLS_VERSIONS);
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** TLS is on. */
    void secured() {
        endPhase();
        lifetime.handshakes(false);
        secured = true;
        log.secured(engine);
        engine = null;
        Consent given = consent;
        if (given != null) {
            consent = null;
            given.secured();
        } else {
            limitPhase(Objects.requireNonNull(endpoint).greeting(), "the greeting");
        }
    }

    /** The server has spoken first, as it must. */
    void greeted(Response.Untagged first) {
        endPhase();
        greeting.complete(first);
        // Where TLS was first it is not asked for again.
        endpoint = endpoint != null && endpoint.implicitTls() ? null : endpoint;
    }

    private void limitPhase(Duration limit, String what) {
        endPhase();
        phase = loop.schedule(
                limit.toNanos(),
                () -> lifetime.lose(
                        new SocketTimeoutException(what + " took longer than " + limit.toMillis() + " ms")));
    }

    private void endPhase() {
        if (phase != null) {
            phase.cancel();
            phase = null;
        }
    }

    /** Tells those who wait that it is over. */
    void fail(IOException cause) {
        endPhase();
        greeting.completeExceptionally(cause);
        if (consent != null) {
            consent.failed(cause);
        }
    }
}
