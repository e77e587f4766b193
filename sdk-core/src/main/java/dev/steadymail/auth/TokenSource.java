package dev.steadymail.auth;

import dev.steadymail.time.Deadline;

/** Hands out access tokens that may change over time. Thread-safe. */
public interface TokenSource {
    /**
     * Returns a token that should still be good, refreshed first where it is about to expire.
     *
     * @throws dev.steadymail.mail.MailException REAUTH_REQUIRED where the owner must consent again; retryable kinds where the
     *     token endpoint could not answer
     */
    AccessToken token(Deadline deadline);

    /**
     * Returns a token after the provider refused {@code refused}: another one where a refresh is possible.
     *
     * @throws dev.steadymail.mail.MailException REAUTH_REQUIRED where there is no other
     */
    AccessToken tokenAfterRefusal(AccessToken refused, Deadline deadline);
}
