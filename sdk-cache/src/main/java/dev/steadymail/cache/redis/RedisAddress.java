package dev.steadymail.cache.redis;

import io.lettuce.core.RedisURI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Where Redis is. Shows no part of the URL, which may hold a password. Immutable as far as nobody changes the URIs.
 *
 * @param uris one, or some nodes of a cluster
 * @param cluster whether they are nodes of a cluster
 */
record RedisAddress(List<RedisURI> uris, boolean cluster) {
    private static final String CLUSTER = "redis-cluster://";
    private static final Duration GREETING = Duration.ofSeconds(2);
    private static final String CLUSTER_TLS = "rediss-cluster://";

    RedisAddress {
        uris = List.copyOf(uris);
        // As long as a server may take to greet: one that hangs may have been replaced meanwhile.
        uris.forEach(uri -> uri.setTimeout(GREETING));
    }

    static RedisAddress of(String url) {
        try {
            if (url.startsWith(CLUSTER)) {
                return cluster("redis://", url.substring(CLUSTER.length()));
            }
            if (url.startsWith(CLUSTER_TLS)) {
                return cluster("rediss://", url.substring(CLUSTER_TLS.length()));
            }
            return new RedisAddress(List.of(RedisURI.create(url)), false);
        } catch (IllegalArgumentException unreadable) {
            // Its message would repeat the URL, and with it the password.
            throw new IllegalArgumentException(
                    "this is no URL of Redis: it begins with redis://, rediss://, redis-sentinel://,"
                            + " redis-cluster:// or rediss-cluster://, and names a host");
        }
    }

    private static RedisAddress cluster(String scheme, String rest) {
        int at = rest.lastIndexOf('@');
        String user = rest.substring(0, at + 1);
        List<RedisURI> nodes = new ArrayList<>();
        for (String node : rest.substring(at + 1).split(",", -1)) {
            nodes.add(RedisURI.create(scheme + user + node));
        }
        return new RedisAddress(nodes, true);
    }

    @Override
    public String toString() {
        return "RedisAddress[" + uris.size() + (cluster ? " nodes of a cluster]" : "]");
    }
}
