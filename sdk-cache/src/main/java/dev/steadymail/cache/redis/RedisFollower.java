package dev.steadymail.cache.redis;

import dev.steadymail.cache.codec.ValueSealer;
import dev.steadymail.cache.redis.RedisNames.OfAccount;
import dev.steadymail.cache.redis.Touches.Telling;
import dev.steadymail.cache.redis.Touches.Touch;
import dev.steadymail.cache.shared.SharedLevel.Following;
import dev.steadymail.cache.shared.TouchListener;
import io.lettuce.core.RedisChannelHandler;
import io.lettuce.core.RedisConnectionStateListener;
import io.lettuce.core.RedisException;
import io.lettuce.core.StatefulRedisConnectionImpl;
import io.lettuce.core.TrackingArgs;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.push.PushMessage;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.pubsub.StatefulRedisClusterPubSubConnection;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hears what other processes touch. Each touch of an account is put into a short list in Redis. Where Redis tracks what a connection read
 * (RESP3, {@code CLIENT TRACKING}), it says when that list has changed; elsewhere, and in a cluster, a channel says so. Then the list is read.
 * Where the connection was lost, everything counts as touched. Thread-safe.
 */
final class RedisFollower implements AutoCloseable {
    private static final int TOKEN_OCTETS = 8;
    private static final int AT_ONCE = 100;

    private final LettuceLink ear;
    private final RedisLink link;
    private final RedisNames names;
    private final RedisCounters counters;
    private final Touches touches;
    private final ConcurrentMap<String, Followed> followed = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final AtomicInteger deaf = new AtomicInteger();
    private volatile boolean tracks;

    RedisFollower(RedisAddress address, RedisLink link, RedisNames names, ValueSealer sealer, RedisCounters counters) {
        this.ear = new LettuceLink(address, true, System::nanoTime, this::connected);
        this.link = link;
        this.names = names;
        this.counters = counters;
        this.touches = new Touches(sealer, newToken());
        ear.client().addListener(new Reconnections());
    }

    /** An account that somebody follows. */
    private static final class Followed {
        private final byte[] key;
        private final List<TouchListener> listeners = new CopyOnWriteArrayList<>();
        /** Whether its list could not be read, so that Redis may not tell of it. */
        private volatile boolean deaf;
        // Guarded by this object.
        private long heard = -1;

        Followed(byte[] key) {
            this.key = key;
        }
    }

    /** Returns something that no other process returns. */
    String newToken() {
        byte[] token = new byte[TOKEN_OCTETS];
        random.nextBytes(token);
        return HexFormat.of().formatHex(token);
    }

    /** Returns what others are told of a touch. */
    byte[] told(OfAccount account, Telling telling) {
        return touches.write(account.touches(), telling);
    }

    Following follow(OfAccount account, TouchListener listener) {
        String hash = new String(account.hash(), StandardCharsets.US_ASCII);
        Followed one = followed.computeIfAbsent(hash, unheard -> new Followed(account.touches()));
        one.listeners.add(listener);
        stayConnected();
        read(one);
        return () -> {
            one.listeners.remove(listener);
            if (one.listeners.isEmpty()) {
                hears(one, true);
            }
            followed.computeIfPresent(hash, (name, left) -> left.listeners.isEmpty() ? null : left);
        };
    }

    /** Gives up a connection that may hang, and connects anew. */
    void renew() {
        ear.renew();
    }

    /** Connects where there is no connection yet, and reads the list of an account again where that failed. */
    void stayConnected() {
        if (!followed.isEmpty()) {
            StatefulConnection<byte[], byte[]> connection = ear.connection();
            if (connection == null) {
                ear.connect();
            } else if (deaf.get() > 0 && connection.isOpen()) {
                followed.values().stream()
                        .filter(one -> one.deaf)
                        .limit(AT_ONCE)
                        .forEach(this::read);
            }
        }
    }

    /** A connection is there, for the first time or again: what was told meanwhile is lost. */
    private void connected() {
        StatefulConnection<byte[], byte[]> connection = ear.connection();
        if (connection instanceof StatefulRedisClusterPubSubConnection<byte[], byte[]> cluster) {
            cluster.addListener(new Channel());
            subscribe(cluster.async().subscribe(names.channel()));
        } else if (connection instanceof StatefulRedisPubSubConnection<byte[], byte[]> single) {
            single.addListener(this::pushed);
            single.addListener(new Channel());
            track(single);
        }
    }

    /** Without RESP3 Redis agrees to track, and has no way to tell. */
    private void track(StatefulRedisPubSubConnection<byte[], byte[]> single) {
        if (!pushes(single)) {
            tracks = false;
            subscribe(single.async().subscribe(names.channel()));
            return;
        }
        var unused = single.async()
                .clientTracking(TrackingArgs.Builder.enabled())
                .whenComplete((answer, refused) -> {
                    tracks = refused == null;
                    if (tracks) {
                        forgetAll();
                    } else {
                        subscribe(single.async().subscribe(names.channel()));
                    }
                });
    }

    /** Without RESP3 Redis agrees to track, and then tells nothing. */
    private static boolean pushes(StatefulRedisPubSubConnection<byte[], byte[]> single) {
        return single instanceof StatefulRedisConnectionImpl<byte[], byte[]> connection
                && connection.getConnectionState().getNegotiatedProtocolVersion() == ProtocolVersion.RESP3;
    }

    private void subscribe(CompletionStage<?> subscribed) {
        var unused = subscribed.thenRun(this::forgetAll);
    }

    private void forgetAll() {
        followed.values().forEach(one -> {
            synchronized (one) {
                one.heard = -1;
            }
            read(one);
        });
    }

    /** Reads the list of touches, which also makes Redis track it. */
    private void read(Followed one) {
        hears(one, true);
        try {
            var unused = commands().lrange(one.key, 0, Touches.MOST - 1).whenComplete((lines, failure) -> {
                if (failure == null) {
                    heard(one, lines);
                } else {
                    hears(one, false);
                }
            });
        } catch (RedisException notConnected) {
            hears(one, false);
        }
    }

    private void hears(Followed one, boolean hears) {
        synchronized (one) {
            if (one.deaf == hears) {
                one.deaf = !hears;
                var unused = deaf.addAndGet(hears ? -1 : 1);
            }
        }
    }

    private RedisClusterAsyncCommands<byte[], byte[]> commands() {
        return tracks ? ear.commands() : link.commands();
    }

    private void heard(Followed one, List<byte[]> lines) {
        List<Touch> news;
        boolean missed;
        synchronized (one) {
            List<Touch> all =
                    lines.stream().map(line -> touches.read(one.key, line)).toList();
            long before = one.heard;
            long newest = all.stream().mapToLong(Touch::position).max().orElse(0);
            one.heard = Math.max(before, newest);
            news = all.stream().filter(touch -> touch.position() > before).toList();
            // Of more than the list remembers, and before the first time, nobody knows what was told.
            missed = before < 0
                    || (lines.isEmpty() && before > 0)
                    || news.size() == Touches.MOST
                    || all.stream().anyMatch(touch -> touch.position() < 0);
        }
        List<Telling> told =
                news.stream().filter(touch -> !touch.own()).map(Touch::telling).toList();
        told.forEach(telling -> counters.heard());
        one.listeners.forEach(listener -> tell(listener, told, missed));
    }

    private static void tell(TouchListener listener, List<Telling> told, boolean missed) {
        if (told.stream().anyMatch(Telling::forget)) {
            listener.forgotten();
        } else if (told.stream().anyMatch(telling -> telling.states() == null)) {
            listener.touchedAll();
        } else if (missed) {
            listener.missed();
        } else {
            for (Telling telling : told) {
                List<String> states = telling.states();
                if (states != null) {
                    listener.touched(states);
                }
            }
        }
    }

    /** Redis says that keys have changed which this connection read; no keys at all where it was flushed. */
    private void pushed(PushMessage message) {
        if (!"invalidate".equals(message.getType())) {
            return;
        }
        List<Object> content = message.getContent();
        if (content.size() < 2 || !(content.get(1) instanceof List<?> keys)) {
            forgetAll();
            return;
        }
        for (Object key : keys) {
            if (key instanceof ByteBuffer octets) {
                changed(StandardCharsets.US_ASCII.decode(octets.duplicate()).toString());
            }
        }
    }

    private void changed(String key) {
        int from = key.indexOf('{');
        int to = key.indexOf('}');
        if (from >= 0 && to > from) {
            changedAccount(key.substring(from + 1, to));
        }
    }

    private void changedAccount(String hash) {
        Followed one = followed.get(hash);
        if (one != null) {
            read(one);
        }
    }

    /** Hears the channel where Redis does not track. */
    private final class Channel extends RedisPubSubAdapter<byte[], byte[]> {
        @Override
        public void message(byte[] channel, byte[] account) {
            changedAccount(new String(account, StandardCharsets.US_ASCII));
        }
    }

    /** Lettuce connects again by itself, and subscribes again, but tracks no more. */
    private final class Reconnections implements RedisConnectionStateListener {
        @Override
        public void onRedisConnected(RedisChannelHandler<?, ?> connection, SocketAddress address) {
            if (connection instanceof StatefulRedisPubSubConnection<?, ?> && connection == ear.connection()) {
                var single = (StatefulRedisPubSubConnection<byte[], byte[]>) ear.connection();
                if (single != null && !(single instanceof StatefulRedisClusterPubSubConnection<?, ?>)) {
                    track(single);
                    return;
                }
                forgetAll();
            }
        }
    }

    @Override
    public void close() {
        followed.clear();
        ear.close();
    }
}
