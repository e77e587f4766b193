package dev.steadymail.oauth;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.time.Deadline;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits on the caller's thread. */
final class Pause {
    private Pause() {}

    /**
     * Waits for a time.
     *
     * @throws MailException of kind DEADLINE where the deadline passes first, of kind CANCELLED where the thread is interrupted
     */
    static void of(Duration delay, TimeSource time, Deadline deadline) {
        CompletableFuture<Boolean> over = new CompletableFuture<>();
        var timer = time.scheduler().schedule(() -> over.complete(true), delay);
        try {
            var unused = over.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw MailException.of(Kind.CANCELLED, "the calling thread was interrupted", interrupt);
        } catch (TimeoutException | ExecutionException late) {
            throw MailException.of(
                    Kind.DEADLINE, "the authorization server did not answer before the call's deadline", late);
        } finally {
            timer.cancel();
        }
    }
}
