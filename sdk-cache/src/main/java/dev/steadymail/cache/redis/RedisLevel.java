package dev.steadymail.cache.redis;

import dev.steadymail.cache.codec.KeyNames;
import dev.steadymail.cache.codec.ValueSealer;
import dev.steadymail.cache.redis.RedisNames.OfAccount;
import dev.steadymail.cache.redis.Touches.Telling;
import dev.steadymail.cache.shared.Begun;
import dev.steadymail.cache.shared.Found;
import dev.steadymail.cache.shared.LastingName;
import dev.steadymail.cache.shared.SharedLevel;
import dev.steadymail.cache.shared.SharedName;
import dev.steadymail.cache.shared.TouchListener;
import dev.steadymail.cache.shared.Values;
import dev.steadymail.cache.shared.Wanted;
import dev.steadymail.guard.SharedLimits;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The second level of the cache on Redis 6.2 or newer. Whatever happens to Redis costs at most {@link RedisSettings#withPatience patience}
 * now and then: while it is down, hangs, is full, lost its memory or is not there when this opens, the cache goes on without it. Thread-safe.
 *
 * <pre>{@code
 * try (RedisLevel redis = RedisLevel.open(RedisSettings.encrypted("redis://127.0.0.1", keys))) {
 *     MailCache cache = MailCache.over(CacheSettings.DEFAULT, redis);
 * }
 * }</pre>
 */
public final class RedisLevel implements SharedLevel, AutoCloseable {
    private static final Duration CHANGING_KEPT = Duration.ofHours(1);
    private static final int MOST_STATES = 10_000;
    private static final int MOST_LISTS = 500;
    private static final int REMOVED_AT_ONCE = 500;
    private static final int FORGET_AT_ONCE = 1_000;
    private static final int FORGET_STEPS = 10;

    private final RedisSettings settings;
    private final LettuceLink link;
    private final RedisCalls calls;
    private final RedisNames names;
    private final ValueSealer sealer;
    private final RedisLooks looks;
    private final RedisCounters counters = new RedisCounters();
    private final RedisFollower follower;
    private final RedisTenants tenants;
    private final RedisScript begin = RedisScript.named("begin");
    private final RedisScript keep = RedisScript.named("keep");
    private final RedisScript touch = RedisScript.named("touch");
    private final RedisScript put = RedisScript.named("weights", "put");
    private final RedisScript forget = RedisScript.named("weights", "forget");
    private final RedisScript remove = RedisScript.named("weights", "remove");

    private RedisLevel(RedisSettings settings) {
        this.settings = settings;
        this.link = new LettuceLink(settings.address(), false, System::nanoTime, () -> {});
        this.calls = new RedisCalls(link, settings.patience(), counters, this::renew);
        this.names = new RedisNames(
                settings.keys() == null ? KeyNames.unkeyed() : KeyNames.keyed(settings.keys()), settings.prefix());
        this.sealer = settings.keys() == null ? ValueSealer.unencrypted() : ValueSealer.encrypted(settings.keys());
        this.looks = new RedisLooks(sealer, settings.largest(), counters);
        this.follower = new RedisFollower(settings.address(), link, names, sealer, counters);
        this.tenants = new RedisTenants(calls, names, settings);
    }

    /** Begins to connect and returns at once: a Redis that is not there yet is used when it is. */
    public static RedisLevel open(RedisSettings settings) {
        requireLibraries();
        RedisLevel level = new RedisLevel(settings);
        level.link.connect();
        return level;
    }

    /**
     * Returns limits that processes share in the same Redis, see {@link dev.steadymail.MailRuntime.Builder#sharedLimits}. They ask as long as this
     * level is open; afterwards, and while Redis is away, each process goes on with its own.
     *
     * @param lost told once by each process that notices that limits are lost, on the thread of the connection; returns at once
     */
    public SharedLimits limits(Consumer<LostLimits> lost) {
        return new RedisLimits(link, names.limits(settings.prefix()), InstantSource.system(), System::nanoTime, lost);
    }

    /** Better now than with the first large value. */
    private static void requireLibraries() {
        try {
            var unused = Class.forName("net.jpountz.lz4.LZ4Factory", false, RedisLevel.class.getClassLoader());
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException(
                    "values in Redis are compressed with LZ4, which is not on the class path; add at.yawk.lz4:lz4-java",
                    missing);
        }
    }

    private void renew() {
        link.renew();
        follower.renew();
    }

    /** Returns what happened so far. */
    public RedisStatistics statistics() {
        return counters.snapshot(calls.isResting());
    }

    @Override
    public Duration patience() {
        return settings.patience();
    }

    @Override
    public Found find(String account, Wanted wanted) {
        follower.stayConnected();
        return calls.await(commands -> looks.look(commands, names.of(account), wanted))
                .orElse(Found.NOTHING);
    }

    @Override
    public Optional<Begun> begin(
            String account, long floor, Set<String> claims, int urgency, Duration claimFor, Wanted wanted) {
        OfAccount keys = names.of(account);
        List<String> order = List.copyOf(claims);
        List<byte[]> scriptKeys = new ArrayList<>();
        scriptKeys.add(keys.changing());
        order.forEach(claim -> scriptKeys.add(keys.claim(claim)));
        String token = follower.newToken();
        List<byte[]> arguments = RedisScript.texts(
                Long.toString(floor),
                Integer.toString(Math.min(9, Math.max(0, urgency))),
                token,
                Long.toString(Math.max(1, claimFor.toMillis())),
                Long.toString(CHANGING_KEPT.toMillis()));
        AtomicReference<@Nullable CompletionStage<List<Object>>> asked = new AtomicReference<>();
        Optional<Begun> begun = calls.await(commands -> {
            CompletionStage<List<Object>> position = begin.run(commands, scriptKeys, arguments);
            asked.set(position);
            return position.thenCombine(
                    looks.look(commands, keys, wanted),
                    (answer, found) -> begun(answer, order, arguments.get(1), token, found));
        });
        CompletionStage<List<Object>> late = asked.get();
        if (begun.isEmpty() && late != null) {
            var unused = late.thenAccept(
                    answer -> release(keys, begun(answer, order, arguments.get(1), token, Found.NOTHING)));
        }
        return begun;
    }

    /** Nobody reads for this claim: it came too late, and the caller went on without it. */
    private void release(OfAccount keys, Begun claimed) {
        List<byte[]> scriptKeys = new ArrayList<>(List.of(keys.changing(), keys.lists()));
        claimed.granted().forEach(claim -> scriptKeys.add(keys.claim(claim)));
        List<byte[]> arguments = RedisScript.texts("0", "0", claimed.token());
        calls.sendAnyway(commands -> keep.run(commands, scriptKeys, arguments));
    }

    private static Begun begun(List<Object> answer, List<String> order, byte[] urgency, String token, Found found) {
        Set<String> granted = new HashSet<>();
        for (int i = 0; i < order.size(); i++) {
            if (Long.valueOf(1).equals(answer.get(i + 2))) {
                granted.add(order.get(i));
            }
        }
        long position = RedisScript.number(answer.get(0));
        String claimed = new String(urgency, StandardCharsets.US_ASCII) + digits(position) + token;
        return new Begun(position, RedisScript.number(answer.get(1)), granted, claimed, found);
    }

    private static String digits(long position) {
        return String.format(Locale.ROOT, "%016d", position);
    }

    @Override
    public void keep(String account, String tenant, Begun begun, Values values) {
        OfAccount keys = names.of(account);
        List<byte[]> scriptKeys = new ArrayList<>();
        scriptKeys.add(keys.changing());
        scriptKeys.add(keys.lists());
        begun.granted().forEach(claim -> scriptKeys.add(keys.claim(claim)));
        String position = digits(begun.position());
        String startedAt = String.format(Locale.ROOT, "%013d", begun.startedAt());
        List<byte[]> arguments = RedisScript.texts(
                position,
                startedAt,
                begun.token(),
                Integer.toString(MOST_STATES),
                Integer.toString(MOST_LISTS),
                Long.toString(CHANGING_KEPT.toMillis()));
        values.changing().forEach((name, octets) -> {
            byte[] field = keys.field(name);
            byte[] stored = sealer.seal(
                    octets, RedisNames.join(keys.changing(), field, RedisNames.ascii(position + startedAt)));
            if (stored.length <= settings.largest()) {
                arguments.add(field);
                arguments.add(stored);
            }
        });
        calls.send(weight(arguments), commands -> keep.run(commands, scriptKeys, arguments));
        putAll(keys, position, tenant.isEmpty() ? new byte[0] : names.tenant(tenant), values.lasting());
    }

    private void putAll(OfAccount keys, String position, byte[] tenant, Map<LastingName, byte[]> lasting) {
        List<byte[]> scriptKeys = new ArrayList<>(keys.weights());
        scriptKeys.add(keys.changing());
        List<byte[]> arguments = RedisScript.texts(
                Long.toString(settings.accountWeight()),
                Long.toString(settings.keptFor().toMillis()));
        arguments.add(tenant);
        arguments.add(RedisNames.ascii(position));
        lasting.forEach((name, octets) -> {
            if (octets.length > 2 * settings.largest()) {
                return;
            }
            byte[] suffix = keys.suffix(name);
            byte[] key = keys.lasting(suffix);
            byte[] field = name.part().isEmpty() ? new byte[0] : keys.partField(name.part());
            byte[] stored = sealer.seal(octets, RedisNames.join(key, field));
            if (stored.length <= settings.largest()) {
                scriptKeys.add(key);
                arguments.addAll(List.of(keys.gone(name.owner()), suffix, field, stored));
            }
        });
        if (scriptKeys.size() > 3) {
            calls.send(
                    weight(arguments),
                    commands -> put.run(commands, scriptKeys, arguments)
                            .thenAccept(answer -> weighed(keys, tenant, answer.get(0))));
        }
    }

    private void weighed(OfAccount keys, byte[] tenant, @Nullable Object weight) {
        if (tenant.length > 0 && weight instanceof byte[] octets) {
            tenants.weighed(tenant, keys.hash(), octets);
        }
    }

    private static int weight(List<byte[]> arguments) {
        return arguments.stream().mapToInt(octets -> octets.length).sum();
    }

    @Override
    public OptionalLong touch(String account, long floor, Collection<String> states) {
        return states.size() > MOST_STATES / 2
                ? touchAll(account, floor)
                : touch(names.of(account), floor, Telling.of(states), states, List.of());
    }

    @Override
    public OptionalLong touchAll(String account, long floor) {
        return touch(names.of(account), floor, Telling.ALL, List.of(), List.of());
    }

    private OptionalLong touch(
            OfAccount keys, long floor, Telling telling, Collection<String> states, Collection<String> gone) {
        List<byte[]> arguments = RedisScript.texts(
                Long.toString(floor), Long.toString(CHANGING_KEPT.toMillis()), telling.states() == null ? "1" : "0");
        arguments.addAll(List.of(follower.told(keys, telling), names.channel(), keys.hash()));
        arguments.addAll(RedisScript.texts(Integer.toString(Touches.MOST), Integer.toString(MOST_STATES)));
        states.forEach(state -> arguments.add(keys.field(SharedName.state(state))));
        List<byte[]> scriptKeys = new ArrayList<>(List.of(keys.changing(), keys.lists(), keys.touches()));
        for (String owner : gone) {
            arguments.add(keys.gone(owner));
            scriptKeys.add(keys.lasting(keys.emailSuffix(owner)));
            scriptKeys.add(keys.lasting(keys.contentSuffix(owner)));
        }
        return calls.await(commands -> touch.run(commands, scriptKeys, arguments))
                .map(answer -> OptionalLong.of(RedisScript.number(answer.get(0))))
                .orElse(OptionalLong.empty());
    }

    @Override
    public OptionalLong remove(String account, long floor, Collection<String> owners) {
        OfAccount keys = names.of(account);
        List<String> all = List.copyOf(owners);
        OptionalLong last = OptionalLong.of(floor);
        for (int from = 0; from < all.size() && last.isPresent(); from += REMOVED_AT_ONCE) {
            List<String> some = all.subList(from, Math.min(all.size(), from + REMOVED_AT_ONCE));
            last = touch(keys, last.getAsLong(), Telling.of(some), some, some);
            List<byte[]> lighter = some.stream()
                    .flatMap(owner -> Stream.of(keys.emailSuffix(owner), keys.contentSuffix(owner)))
                    .toList();
            calls.send(0, commands -> remove.run(commands, keys.weights(), lighter));
        }
        return last;
    }

    @Override
    public OptionalLong forget(String account, long floor) {
        OfAccount keys = names.of(account);
        OptionalLong touched = touch(keys, floor, Telling.FORGET, List.of(), List.of());
        return touched.isPresent() && forgotten(keys) ? touched : OptionalLong.empty();
    }

    /** Some at a time, so that Redis serves others between; of an account with many values not all at once. */
    private boolean forgotten(OfAccount keys) {
        List<byte[]> some = RedisScript.texts(Integer.toString(FORGET_AT_ONCE));
        for (int i = 0; i < FORGET_STEPS; i++) {
            Optional<List<Object>> answer = calls.await(commands -> forget.run(commands, keys.weights(), some));
            if (answer.isEmpty()) {
                return false;
            }
            if (RedisScript.number(answer.get().get(0)) == 0) {
                noneLeft(keys, answer.get(), i == 0);
                return true;
            }
        }
        return false;
    }

    private void noneLeft(OfAccount keys, List<Object> answer, boolean first) {
        if (answer.get(1) instanceof byte[] tenant) {
            weighed(keys, tenant, RedisNames.ascii("0"));
        }
        if (first && RedisScript.number(answer.get(2)) == 0) {
            // Nothing was there, or nobody knows any more what is.
            calls.send(0, commands -> sweep(commands, keys, ScanCursor.INITIAL));
        }
    }

    /** What Redis itself lost sight of, as it evicted the ages of an account's values: all keys are looked at. */
    private CompletionStage<?> sweep(
            RedisClusterAsyncCommands<byte[], byte[]> commands, OfAccount keys, ScanCursor cursor) {
        ScanArgs ofAccount =
                ScanArgs.Builder.matches(keys.beginning() + "[ec]*").limit(FORGET_AT_ONCE);
        return commands.scan(cursor, ofAccount).thenCompose(found -> {
            List<byte[]> left = found.getKeys();
            if (!left.isEmpty()) {
                CompletionStage<Long> unused = commands.unlink(left.toArray(byte[][]::new));
            }
            return found.isFinished() ? CompletableFuture.completedStage(null) : sweep(commands, keys, found);
        });
    }

    @Override
    public Following follow(String account, TouchListener listener) {
        return follower.follow(names.of(account), listener);
    }

    /** Waits half a second at most for what is on its way to Redis. */
    @Override
    public void close() {
        calls.settle();
        follower.close();
        link.close();
    }

    @Override
    public String toString() {
        return "RedisLevel[" + settings + "]";
    }
}
