package dev.steadymail.accounts;

import dev.steadymail.auth.Secret;
import org.jspecify.annotations.Nullable;

/** How to get into an account. Immutable; {@code toString} hides everything. */
public sealed interface Login {
    /**
     * Returns a login with a password, for IMAP.
     *
     * @throws IllegalArgumentException where {@link Secret#of} refuses the text, as for all logins
     */
    static Login password(String password) {
        return new Password(Secret.of(password));
    }

    /** Returns a login with an OAuth 2.0 access token that somebody else keeps fresh, for Gmail and IMAP. */
    static Login accessToken(String token) {
        return new AccessToken(Secret.of(token));
    }

    /**
     * Returns a login that fetches its own access tokens, for Gmail.
     *
     * @param clientSecret null for a client that has none
     */
    static Login refreshToken(String clientId, @Nullable String clientSecret, String token) {
        return new RefreshToken(clientId, clientSecret == null ? null : Secret.of(clientSecret), Secret.of(token));
    }

    /** A password. */
    record Password(Secret password) implements Login {
        @Override
        public String toString() {
            return "Password[hidden]";
        }
    }

    /** An access token. */
    record AccessToken(Secret token) implements Login {
        @Override
        public String toString() {
            return "AccessToken[hidden]";
        }
    }

    /** A refresh token with the OAuth client that it was given to. */
    record RefreshToken(String clientId, @Nullable Secret clientSecret, Secret token) implements Login {
        @Override
        public String toString() {
            return "RefreshToken[hidden]";
        }
    }
}
