package dev.steadymail.gmail.http;

import dev.steadymail.provider.HostResolver;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * How a place is reached.
 *
 * @param target where requests go; with http, only loopback addresses are connected to and no proxy is used
 * @param resolver finds the addresses of hosts; where it allows no proxies, the system's are not used
 * @param proxy what connections go through, or null for the system's setting
 * @param trust whose certificates are trusted, or null for the system's
 */
public record HttpRoute(
        URI target,
        HostResolver resolver,
        @Nullable HttpProxy proxy,
        @Nullable HttpTrust trust) {
    /**
     * @throws IllegalArgumentException where a proxy is named and the resolver allows none: a proxy looks names up by itself
     */
    public HttpRoute {
        if (proxy != null && !resolver.allowsProxies()) {
            throw new IllegalArgumentException("the resolver allows no proxies; leave the proxy out or allow proxies");
        }
    }

    /** Returns the way that the system's settings lead. */
    public static HttpRoute usual(URI target, HostResolver resolver) {
        return new HttpRoute(target, resolver, null, null);
    }

    boolean isPlain() {
        return Loopback.isPlain(target);
    }

    boolean isDirect() {
        return isPlain() || (proxy == null && !resolver.allowsProxies());
    }
}
