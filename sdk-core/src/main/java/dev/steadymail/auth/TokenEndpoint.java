package dev.steadymail.auth;

import dev.steadymail.time.Deadline;

/** Trades a refresh token for an access token (RFC 6749 section 6). Implementations are thread-safe. */
@FunctionalInterface
public interface TokenEndpoint {
    /**
     * Asks the endpoint, repeating on its own what is safe to repeat.
     *
     * @throws dev.steadymail.mail.MailException REAUTH_REQUIRED on {@code invalid_grant}; retryable kinds where the endpoint
     *     could not answer
     */
    TokenGrant refresh(Secret refreshToken, Deadline deadline);
}
