package dev.steadymail.auth;

import java.time.Instant;
import java.time.InstantSource;

/** Makes the common kinds of {@link TokenSource}. */
public final class Tokens {
    private Tokens() {}

    /** Returns a source of one access token, used until the provider refuses it. */
    public static TokenSource fixed(String accessToken) {
        return new FixedToken(new AccessToken(Secret.of(accessToken), Instant.MAX));
    }

    /**
     * Returns a source of the tokens that an application brings, asked again five minutes before a token expires, or when a fifth of its
     * time is left where that is later, and after the provider refused one; by one thread at a time.
     *
     * <p>What the supplier throws beside {@link dev.steadymail.mail.MailException} becomes one of kind UNAVAILABLE.
     */
    public static TokenSource from(AccessTokenSupplier supplier) {
        return from(supplier, InstantSource.system());
    }

    /** Returns the same with another clock to tell when tokens expire. */
    public static TokenSource from(AccessTokenSupplier supplier, InstantSource clock) {
        return new SuppliedTokens(supplier, clock);
    }
}
