package dev.steadymail.auth;

import java.time.Instant;

/**
 * An OAuth 2.0 access token (RFC 6749 section 1.4).
 *
 * @param value the bearer token
 * @param expiresAt when the server stops taking it; {@link Instant#MAX} where not known
 */
public record AccessToken(Secret value, Instant expiresAt) {}
