package dev.steadymail.oauth;

import dev.steadymail.auth.AccessToken;
import dev.steadymail.auth.Secret;
import java.util.Set;

/**
 * What a login brought.
 *
 * @param access good for about an hour
 * @param refreshToken to be stored; brings further access tokens
 * @param scopes what the account's owner agreed to; what was asked for where the server does not say (RFC 6749 section 5.1)
 */
public record OAuthGrant(AccessToken access, Secret refreshToken, Set<String> scopes) {
    public OAuthGrant {
        scopes = Set.copyOf(scopes);
    }

    @Override
    public String toString() {
        return "OAuthGrant[hidden]";
    }
}
