package dev.steadymail;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.HostResolver;
import dev.steadymail.time.Scheduler;
import dev.steadymail.time.TimeSource;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Looks hosts up on other threads, since nothing ends a lookup of the system's: who asks waits 10 seconds at most, and stops waiting
 * when interrupted. Those who ask for one host at the same time share one lookup. Thread-safe.
 */
final class BoundedResolver implements HostResolver {
    static final Duration LIMIT = Duration.ofSeconds(10);

    private final HostResolver resolver;
    private final TimeSource time;
    private final Executor threads;
    private final Map<String, CompletableFuture<List<InetAddress>>> running = new ConcurrentHashMap<>();

    BoundedResolver(HostResolver resolver, TimeSource time, Executor threads) {
        this.resolver = resolver;
        this.time = time;
        this.threads = threads;
    }

    @Override
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        CompletableFuture<List<InetAddress>> fresh = new CompletableFuture<>();
        CompletableFuture<List<InetAddress>> other = running.putIfAbsent(host, fresh);
        if (other == null) {
            start(host, fresh);
        }
        return answer(other == null ? fresh : other);
    }

    @Override
    public boolean allowsProxies() {
        return resolver.allowsProxies();
    }

    /** A lookup that took too long is forgotten, so that the next one who asks is not bound to it. */
    private void start(String host, CompletableFuture<List<InetAddress>> lookup) {
        Scheduler.Timer timer = time.scheduler().schedule(() -> lookup.completeExceptionally(tooLate()), LIMIT);
        var unused = lookup.whenComplete((addresses, failure) -> {
            timer.cancel();
            running.remove(host, lookup);
        });
        try {
            threads.execute(() -> lookUp(host, lookup));
        } catch (RejectedExecutionException full) {
            lookup.completeExceptionally(
                    MailException.of(Kind.QUEUE_FULL, "no thread is free to look a host up; call again later", full));
        }
    }

    private void lookUp(String host, CompletableFuture<List<InetAddress>> lookup) {
        try {
            lookup.complete(resolver.resolve(host));
        } catch (UnknownHostException | RuntimeException | Error failure) {
            lookup.completeExceptionally(failure);
        }
    }

    /** The failure is rethrown as it is; its trace is that of the worker. */
    private static List<InetAddress> answer(CompletableFuture<List<InetAddress>> lookup) throws UnknownHostException {
        try {
            return lookup.get();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw MailException.of(Kind.CANCELLED, "the calling thread was interrupted", interrupt);
        } catch (ExecutionException failure) {
            throw rethrown(failure);
        }
    }

    private static RuntimeException rethrown(ExecutionException failure) throws UnknownHostException {
        Throwable cause = failure.getCause();
        if (cause instanceof UnknownHostException unknown) {
            throw unknown;
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(failure);
    }

    private static MailException tooLate() {
        return MailException.of(
                Kind.TIMEOUT,
                "no name server told the host's address within " + LIMIT.toSeconds() + " s; check the network");
    }
}
