package dev.steadymail.cache.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Connects to Redis when it is first asked for, in the background, and again after a failure; Lettuce itself connects again where a connection
 * breaks that was there, and {@link #renew} where one hangs. Without one, commands are refused at once. Thread-safe.
 */
final class LettuceLink implements RedisLink, AutoCloseable {
    private static final int MOST_WAITING = 20_000;
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);
    private static final Duration FIRST_AGAIN = Duration.ofMillis(1);
    private static final Duration LAST_AGAIN = Duration.ofSeconds(1);
    private static final Duration LEARN_TOPOLOGY = Duration.ofSeconds(30);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final RedisAddress address;
    private final boolean hears;
    private final LongSupplier nanos;
    private final Runnable onConnected;
    private final ClientResources resources;
    private final AbstractRedisClient client;
    private volatile @Nullable StatefulConnection<byte[], byte[]> connection;
    // Guarded by this object.
    private boolean connecting;
    private boolean tried;
    private boolean closed;
    private long triedAt;

    /**
     * @param hears whether the connection is one that channels and invalidations are heard on
     * @param onConnected told when a connection is there
     */
    LettuceLink(RedisAddress address, boolean hears, LongSupplier nanos, Runnable onConnected) {
        this.address = address;
        this.hears = hears;
        this.nanos = nanos;
        this.onConnected = onConnected;
        // Lettuce itself waits up to half a minute between its tries.
        this.resources = ClientResources.builder()
                .reconnectDelay(Delay.exponential(FIRST_AGAIN, LAST_AGAIN, 2, TimeUnit.MILLISECONDS))
                .build();
        this.client = address.cluster() ? cluster() : single();
    }

    private AbstractRedisClient single() {
        RedisClient single = RedisClient.create(resources, address.uris().get(0));
        single.setOptions(options(ClientOptions.builder()).build());
        return single;
    }

    private AbstractRedisClient cluster() {
        RedisClusterClient cluster = RedisClusterClient.create(resources, address.uris());
        ClusterClientOptions.Builder options = ClusterClientOptions.builder()
                .topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .enablePeriodicRefresh(LEARN_TOPOLOGY)
                        .build());
        cluster.setOptions((ClusterClientOptions) options(options).build());
        return cluster;
    }

    private static ClientOptions.Builder options(ClientOptions.Builder options) {
        return options.autoReconnect(true)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MOST_WAITING)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT)
                        .keepAlive(true)
                        .tcpNoDelay(true)
                        .build());
    }

    /** Returns the client, for who listens to its connections. */
    AbstractRedisClient client() {
        return client;
    }

    @Override
    public RedisClusterAsyncCommands<byte[], byte[]> commands() {
        StatefulConnection<byte[], byte[]> open = connection;
        if (open == null) {
            connect();
            throw new RedisConnectionException("there is no connection to Redis yet; is it up, and is its URL right?");
        }
        return open instanceof StatefulRedisClusterConnection<byte[], byte[]> cluster
                ? cluster.async()
                : ((StatefulRedisConnection<byte[], byte[]>) open).async();
    }

    /** Returns the connection, which may be broken just now, or null where there was none yet. */
    @Nullable
    StatefulConnection<byte[], byte[]> connection() {
        return connection;
    }

    /** Begins to connect, unless that is under way, was just tried, or is done. */
    synchronized void connect() {
        long now = nanos.getAsLong();
        boolean rests = tried && now - triedAt < BETWEEN_TRIES.toNanos();
        if (closed || connecting || connection != null || rests) {
            return;
        }
        connecting = true;
        tried = true;
        triedAt = now;
        try {
            var unused = begin().whenComplete((opened, failure) -> connected(opened));
        } catch (RuntimeException refused) {
            connecting = false;
        }
    }

    private CompletionStage<? extends StatefulConnection<byte[], byte[]>> begin() {
        ByteArrayCodec octets = ByteArrayCodec.INSTANCE;
        if (client instanceof RedisClusterClient cluster) {
            // Which node has which slots is not asked by connecting, and may be another since the last try.
            CompletionStage<Void> known = cluster.refreshPartitionsAsync();
            return hears
                    ? known.thenCompose(nodes -> cluster.connectPubSubAsync(octets))
                    : known.thenCompose(nodes -> cluster.connectAsync(octets));
        }
        RedisClient single = (RedisClient) client;
        RedisURI uri = address.uris().get(0);
        return hears ? single.connectPubSubAsync(octets, uri) : single.connectAsync(octets, uri);
    }

    private void connected(@Nullable StatefulConnection<byte[], byte[]> opened) {
        synchronized (this) {
            connecting = false;
            if (closed && opened != null) {
                var unused = opened.closeAsync();
                return;
            }
            connection = opened;
            if (opened == null && !closed) {
                // Nobody asks on a connection that only hears.
                var unused = resources
                        .eventExecutorGroup()
                        .schedule(this::connect, BETWEEN_TRIES.toNanos(), TimeUnit.NANOSECONDS);
            }
        }
        if (opened != null) {
            onConnected.run();
        }
    }

    /** Gives up a connection whose other end stays but does not answer, and connects anew: by now that may lead elsewhere. */
    void renew() {
        StatefulConnection<byte[], byte[]> silent;
        synchronized (this) {
            silent = connection;
            boolean isNew = nanos.getAsLong() - triedAt < BETWEEN_TRIES.toNanos();
            if (closed || connecting || silent == null || isNew) {
                return;
            }
            connection = null;
        }
        var unused = silent.closeAsync();
        connect();
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        client.shutdown(0, CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        var unused = resources.shutdown(0, CLOSE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
