package dev.steadymail.auth;

import org.jspecify.annotations.Nullable;

/**
 * A token endpoint's answer to a refresh (RFC 6749 section 5.1).
 *
 * @param access the new access token
 * @param newRefreshToken replaces the refresh token used, or null where it stays
 */
public record TokenGrant(AccessToken access, @Nullable Secret newRefreshToken) {}
