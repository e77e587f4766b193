package dev.steadymail.cache.redis;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** A question to the limits in Redis. Immutable. */
final class LimitScript {
    static final LimitScript ADMIT = new LimitScript("admit");
    static final LimitScript OPEN = new LimitScript("open");
    static final LimitScript CLOSE = new LimitScript("close");

    private final RedisScript script;

    /** Each begins with what all have in common. */
    private LimitScript(String name) {
        this.script = RedisScript.named("enter", name);
    }

    CompletionStage<LimitAnswer> run(
            RedisClusterAsyncCommands<byte[], byte[]> commands, List<byte[]> keys, List<byte[]> args) {
        return script.run(commands, keys, args).thenApply(LimitAnswer::of);
    }
}
