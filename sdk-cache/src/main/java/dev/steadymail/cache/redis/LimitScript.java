package dev.steadymail.cache.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** A script that Redis is asked to run by its digest, and is given where it does not have it. Immutable. */
final class LimitScript {
    static final LimitScript ADMIT = of("admit.lua");
    static final LimitScript OPEN = of("open.lua");
    static final LimitScript CLOSE = of("close.lua");

    private final byte[] text;
    private final String digest;

    private LimitScript(String text) {
        this.text = text.getBytes(StandardCharsets.UTF_8);
        this.digest = sha1(this.text);
    }

    private static LimitScript of(String file) {
        return new LimitScript(read("enter.lua") + read(file));
    }

    CompletionStage<LimitAnswer> run(
            RedisClusterAsyncCommands<byte[], byte[]> commands, List<byte[]> keys, List<byte[]> args) {
        byte[][] keyArray = keys.toArray(byte[][]::new);
        byte[][] argArray = args.toArray(byte[][]::new);
        return commands.<List<Object>>evalsha(digest, ScriptOutputType.MULTI, keyArray, argArray)
                .exceptionallyCompose(failure -> isUnknown(failure)
                        ? commands.eval(text, ScriptOutputType.MULTI, keyArray, argArray)
                        : CompletableFuture.failedFuture(failure))
                .thenApply(LimitAnswer::of);
    }

    private static boolean isUnknown(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof RedisNoScriptException;
    }

    private static String read(String file) {
        try (InputStream in = Objects.requireNonNull(LimitScript.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException("the jar's " + file + " cannot be read", failure);
        }
    }

    /** Redis names scripts by it; nothing is protected by it. */
    private static String sha1(byte[] text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has SHA-1", impossible);
        }
    }
}
