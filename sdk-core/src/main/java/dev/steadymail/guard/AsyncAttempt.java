package dev.steadymail.guard;

import java.util.concurrent.CompletionStage;

/**
 * One try of a request that does not block: it starts the request and returns.
 *
 * @param <T> the answer
 */
@FunctionalInterface
public interface AsyncAttempt<T> {
    /**
     * Starts the request; runs on whichever thread freed the place, so it must neither block nor wait for a lock that a caller of
     * the guard may hold.
     *
     * @param cancellation tells when nobody waits any more; register there what breaks the request
     * @return completes with the answer, or with a {@link dev.steadymail.mail.MailException} for every failure, classified
     */
    CompletionStage<T> start(Cancellation cancellation);
}
