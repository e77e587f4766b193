package dev.steadymail.guard;

/**
 * One try of a request, run on a worker thread.
 *
 * @param <T> the answer
 */
@FunctionalInterface
public interface Attempt<T> {
    /**
     * Sends the request and reads the answer.
     *
     * @param cancellation tells when nobody waits any more; register there what breaks a blocked socket
     * @throws dev.steadymail.mail.MailException for every failure, classified
     */
    T run(Cancellation cancellation);
}
