package dev.steadymail.server.health;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Whether Redis answers, where there is one; without one nothing is missing. Thread-safe. */
@Component
class RedisCheck implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final @Nullable RedisClient client;
    private @Nullable StatefulRedisConnection<String, String> connection;

    RedisCheck(@Value("${steadymail.redis.url:}") String url) {
        client = url.isBlank() ? null : client(url);
    }

    /** Returns whether there is a Redis to ask. */
    boolean isUsed() {
        return client != null;
    }

    /**
     * Asks, two seconds at most. Connects at first use and keeps the connection, which Lettuce opens again by itself. One thread
     * at a time.
     */
    synchronized boolean answers() {
        if (client == null) {
            return true;
        }
        try {
            if (connection == null) {
                connection = client.connect();
            }
            return "PONG".equals(connection.sync().ping());
        } catch (RedisException away) {
            return false;
        }
    }

    @Override
    public void close() {
        if (client != null) {
            client.shutdown(Duration.ZERO, PATIENCE);
        }
    }

    private static RedisClient client(String url) {
        RedisURI uri = RedisURI.create(url);
        uri.setTimeout(PATIENCE);
        RedisClient client = RedisClient.create(uri);
        client.setOptions(ClientOptions.builder()
                .socketOptions(SocketOptions.builder().connectTimeout(PATIENCE).build())
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .build());
        return client;
    }
}
