package dev.steadymail.testkit.guard;

import dev.steadymail.guard.Cancellation;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A request on its way until somebody answers it or it is broken. Thread-safe. */
final class OpenRequest {
    final CompletableFuture<String> answer = new CompletableFuture<>();
    private final PlaceWatch watch;
    private final Cancellation attempt;

    /** Sends the request. */
    OpenRequest(PlaceWatch watch, Cancellation attempt) {
        this.watch = watch;
        this.attempt = attempt;
        watch.start(attempt);
    }

    void answer() {
        watch.end(attempt);
        answer.complete("answer");
    }

    void fail(RuntimeException failure) {
        watch.end(attempt);
        answer.completeExceptionally(failure);
    }

    /** Minds that the attempt is broken, as a socket does. */
    void breakable() {
        attempt.onCancel(() -> fail(MailException.of(Kind.NETWORK, "closed by this side")));
    }

    /** Waits for the answer as a thread at a socket does, for ten seconds at most. */
    String await() {
        try {
            return answer.get(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw MailException.of(Kind.CANCELLED, "interrupted", interrupt);
        } catch (ExecutionException failed) {
            throw (RuntimeException) failed.getCause();
        } catch (TimeoutException stuck) {
            throw new AssertionError("nobody answered or broke a request in ten seconds", stuck);
        } finally {
            watch.end(attempt);
        }
    }
}
