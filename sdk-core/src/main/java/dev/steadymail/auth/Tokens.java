package dev.steadymail.auth;

import java.time.Instant;

/** Makes the common kinds of {@link TokenSource}. */
public final class Tokens {
    private Tokens() {}

    /** Returns a source of one access token, used until the provider refuses it. */
    public static TokenSource fixed(String accessToken) {
        return new FixedToken(new AccessToken(Secret.of(accessToken), Instant.MAX));
    }
}
