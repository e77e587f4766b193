package dev.steadymail.testkit.gmail;

import java.net.URI;
import java.util.Set;

/**
 * Where a push subscription of a {@link FakePubSub} delivers, and what its tokens claim. Immutable.
 *
 * @param url an http URL on loopback
 * @param audience the {@code aud} claim, often the URL as the world sees it
 * @param serviceAccount the {@code email} claim, the account that the subscription pushes as
 */
public record PushEndpoint(URI url, String audience, String serviceAccount) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    /** Checks that the URL is on loopback, so that no test ever talks to the world. */
    public PushEndpoint {
        if (!"http".equals(url.getScheme()) || url.getHost() == null || !LOOPBACK.contains(url.getHost())) {
            throw new IllegalArgumentException("url must be http on 127.0.0.1, localhost or [::1]");
        }
    }
}
