package dev.steadymail.cache.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.steadymail.testkit.redis.RedisProcess;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisClient;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** All that who reads a Redis can see: what it was told from now on, and what it keeps, in memory and on disk. */
final class RedisContents implements AutoCloseable {
    private static final String END = "the-end-of-what-was-told";

    private final RedisProcess redis;
    private final RedisClient client;
    private final RedisCommands<byte[], byte[]> commands;
    private final Socket monitor;
    // Guarded by itself.
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    RedisContents(RedisProcess redis) throws IOException {
        this.redis = redis;
        this.client = RedisClient.create(redis.url());
        this.commands = client.connect(ByteArrayCodec.INSTANCE).sync();
        this.monitor = new Socket(InetAddress.getLoopbackAddress(), redis.port());
        monitor.getOutputStream().write("MONITOR\r\n".getBytes(UTF_8));
        Thread listener = new Thread(this::listen, "redis-monitor");
        listener.setDaemon(true);
        listener.start();
        SentinelRig.await("Redis tells nothing", () -> told().startsWith("+OK"));
    }

    private void listen() {
        byte[] some = new byte[64 * 1024];
        try (InputStream in = monitor.getInputStream()) {
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                synchronized (told) {
                    told.write(some, 0, read);
                }
            }
        } catch (IOException closed) {
            // The test has ended.
        }
    }

    private String told() {
        synchronized (told) {
            return told.toString(ISO_8859_1);
        }
    }

    /** Returns everything, each octet one character. */
    String everything() {
        redis.command("ECHO", END);
        SentinelRig.await("Redis tells no more", () -> told().contains(END));
        StringBuilder all = new StringBuilder(told()).append(commands.clientList());
        KeyScanCursor<byte[]> cursor = commands.scan();
        while (true) {
            cursor.getKeys().forEach(key -> append(all, key));
            if (cursor.isFinished()) {
                break;
            }
            cursor = commands.scan(ScanCursor.of(cursor.getCursor()));
        }
        return all.append(onDisk()).toString();
    }

    private void append(StringBuilder all, byte[] key) {
        add(all, key);
        add(all, commands.dump(key));
        switch (commands.type(key)) {
            case "string" -> add(all, commands.get(key));
            case "hash" ->
                commands.hgetall(key).forEach((field, value) -> {
                    add(all, field);
                    add(all, value);
                });
            case "list" -> commands.lrange(key, 0, -1).forEach(value -> add(all, value));
            case "zset" ->
                commands.zrangeWithScores(key, 0, -1).forEach(value -> {
                    add(all, value.getValue());
                    all.append(value.getScore()).append('\n');
                });
            default -> throw new AssertionError("a type that nobody looks into: " + commands.type(key));
        }
    }

    private static void add(StringBuilder all, byte[] octets) {
        all.append(new String(octets, ISO_8859_1)).append('\n');
    }

    private String onDisk() {
        try {
            redis.command("SAVE");
            Path file = Path.of(commands.configGet("dir").get("dir") + "/"
                    + commands.configGet("dbfilename").get("dbfilename"));
            return Files.readString(file, ISO_8859_1);
        } catch (IOException failure) {
            throw new UncheckedIOException("Redis wrote no file", failure);
        }
    }

    int keys(String pattern) {
        return commands.keys(pattern).size();
    }

    @Override
    public void close() throws IOException {
        monitor.close();
        client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
}
