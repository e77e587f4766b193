package dev.steadymail.cache.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A script that Redis runs as one step: named by its hash, and sent whole where Redis does not know it. Thread-safe. */
final class RedisScript {
    private final byte[] source;
    private final String hash;

    private RedisScript(byte[] source) {
        this.source = source;
        this.hash = sha1(source);
    }

    /** Reads scripts of this package, which together are one. */
    static RedisScript named(String... names) {
        ByteArrayOutputStream source = new ByteArrayOutputStream();
        for (String name : names) {
            try (InputStream file = RedisScript.class.getResourceAsStream(name + ".lua")) {
                if (file == null) {
                    throw new IllegalStateException("the script " + name + " is missing in the artifact");
                }
                source.writeBytes(file.readAllBytes());
            } catch (IOException failure) {
                throw new UncheckedIOException("the script " + name + " cannot be read", failure);
            }
        }
        return new RedisScript(source.toByteArray());
    }

    /** Runs it on the server that has the first key; its result is a list, of octets, numbers and lists. */
    CompletionStage<List<Object>> run(
            RedisClusterAsyncCommands<byte[], byte[]> commands, List<byte[]> keys, List<byte[]> arguments) {
        byte[][] keyArray = keys.toArray(byte[][]::new);
        byte[][] argumentArray = arguments.toArray(byte[][]::new);
        return commands.<List<Object>>evalsha(hash, ScriptOutputType.MULTI, keyArray, argumentArray)
                .exceptionallyCompose(failure -> {
                    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
                    if (cause instanceof RedisNoScriptException) {
                        return commands.eval(source, ScriptOutputType.MULTI, keyArray, argumentArray);
                    }
                    return CompletableFuture.failedStage(failure);
                });
    }

    /** Returns texts as keys and arguments have them. */
    static List<byte[]> texts(String... texts) {
        List<byte[]> octets = new ArrayList<>();
        for (String text : texts) {
            octets.add(RedisNames.ascii(text));
        }
        return octets;
    }

    /** Returns a number that came as one or in digits; 0 for nothing. */
    static long number(@Nullable Object value) {
        if (value instanceof Long number) {
            return number;
        }
        return value instanceof byte[] text ? Long.parseLong(new String(text, StandardCharsets.US_ASCII)) : 0;
    }

    private static String sha1(byte[] source) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(source));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-1", impossible);
        }
    }
}
