package dev.steadymail.auth;

import dev.steadymail.time.Deadline;

/** Brings access tokens from wherever an application gets them. Thread-safe; called by one thread at a time for one account. */
@FunctionalInterface
public interface AccessTokenSupplier {
    /**
     * Returns a token that is good now, a newer one than before where there is one; blocks no longer than the deadline.
     *
     * @throws dev.steadymail.mail.MailException REAUTH_REQUIRED where the account's owner must consent again; retryable kinds where
     *     asking again later may help
     */
    AccessToken get(Deadline deadline);
}
