package dev.steadymail;

import dev.steadymail.time.Scheduler;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Closes clients side by side: each may take a second to say goodbye, and a process has thousands. */
final class ClosingClients {
    /** What is not closed by then is left to the end of its threads and sockets. */
    static final Duration LIMIT = Duration.ofSeconds(10);

    private final Executor threads;
    private final TimeSource time;

    ClosingClients(Executor threads, TimeSource time) {
        this.threads = threads;
        this.time = time;
    }

    /** Returns when all are closed, when the limit has passed, or when the calling thread is interrupted; its flag stays set. */
    void close(Collection<MailClient> clients) {
        CompletableFuture<Void> all =
                CompletableFuture.allOf(clients.stream().map(this::closing).toArray(CompletableFuture<?>[]::new));
        CompletableFuture<Void> over = new CompletableFuture<>();
        var unused = all.whenComplete((closed, failure) -> over.complete(null));
        Scheduler.Timer timer = time.scheduler().schedule(() -> over.complete(null), LIMIT);
        try {
            over.get();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException never) {
            throw new IllegalStateException(never);
        } finally {
            timer.cancel();
        }
    }

    private CompletableFuture<Void> closing(MailClient client) {
        try {
            return CompletableFuture.runAsync(client::close, threads);
        } catch (RejectedExecutionException noThread) {
            client.close();
            return CompletableFuture.completedFuture(null);
        }
    }
}
