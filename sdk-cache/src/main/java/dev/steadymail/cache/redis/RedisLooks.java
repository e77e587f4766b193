package dev.steadymail.cache.redis;

import dev.steadymail.cache.codec.DamagedValueException;
import dev.steadymail.cache.codec.ValueSealer;
import dev.steadymail.cache.redis.RedisNames.OfAccount;
import dev.steadymail.cache.shared.Dated;
import dev.steadymail.cache.shared.Found;
import dev.steadymail.cache.shared.LastingName;
import dev.steadymail.cache.shared.SharedName;
import dev.steadymail.cache.shared.SharedName.Group;
import dev.steadymail.cache.shared.Wanted;
import io.lettuce.core.KeyValue;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Looks values up in Redis and opens them; what cannot be opened counts as not there. Thread-safe. */
final class RedisLooks {
    /** Before a value that may change: its position, and milliseconds of when its reading began. */
    private static final int DIGITS = 16;

    private static final int HEAD = DIGITS + 13;

    private final ValueSealer sealer;
    private final int largest;
    private final RedisCounters counters;
    private final RedisScript find = RedisScript.named("find");

    /** @param largest octets of a stored value; larger ones are not ours */
    RedisLooks(ValueSealer sealer, int largest, RedisCounters counters) {
        this.sealer = sealer;
        this.largest = largest;
        this.counters = counters;
    }

    /** Asks for everything at once. */
    CompletionStage<Found> look(RedisClusterAsyncCommands<byte[], byte[]> commands, OfAccount account, Wanted wanted) {
        List<CompletionStage<Map<LastingName, byte[]>>> lasting = new ArrayList<>();
        List<LastingName> emails = new ArrayList<>();
        for (LastingName name : wanted.lasting()) {
            if (name.part().isEmpty()) {
                emails.add(name);
            } else {
                lasting.add(part(commands, account, name));
            }
        }
        if (emails.size() == 1) {
            lasting.add(email(commands, account, emails.get(0)));
        } else if (!emails.isEmpty()) {
            lasting.add(emails(commands, account, emails));
        }
        if (wanted.changing().isEmpty() && lasting.size() == 1) {
            return lasting.get(0).thenApply(values -> new Found(Map.of(), values));
        }
        CompletionStage<Map<SharedName, Dated>> changing = wanted.changing().isEmpty()
                ? CompletableFuture.completedStage(Map.of())
                : changing(commands, account, wanted.changing());
        CompletionStage<Found> found = changing.thenApply(values -> new Found(values, Map.of()));
        for (CompletionStage<Map<LastingName, byte[]>> some : lasting) {
            found = found.thenCombine(some, RedisLooks::with);
        }
        return found;
    }

    private static Found with(Found found, Map<LastingName, byte[]> more) {
        Map<LastingName, byte[]> all = new HashMap<>(found.lasting());
        all.putAll(more);
        return new Found(found.changing(), all);
    }

    private CompletionStage<Map<LastingName, byte[]>> part(
            RedisClusterAsyncCommands<byte[], byte[]> commands, OfAccount account, LastingName name) {
        byte[] key = account.lasting(account.suffix(name));
        byte[] field = account.partField(name.part());
        return commands.hget(key, field).thenApply(stored -> {
            byte[] open = opened(stored, RedisNames.join(key, field));
            return open == null ? Map.of() : Map.of(name, open);
        });
    }

    private CompletionStage<Map<LastingName, byte[]>> email(
            RedisClusterAsyncCommands<byte[], byte[]> commands, OfAccount account, LastingName name) {
        byte[] key = account.lasting(account.suffix(name));
        return commands.get(key).thenApply(stored -> {
            byte[] open = opened(stored, key);
            return open == null ? Map.of() : Map.of(name, open);
        });
    }

    private CompletionStage<Map<LastingName, byte[]>> emails(
            RedisClusterAsyncCommands<byte[], byte[]> commands, OfAccount account, List<LastingName> wanted) {
        byte[][] keys = wanted.stream()
                .map(name -> account.lasting(account.suffix(name)))
                .toArray(byte[][]::new);
        return commands.mget(keys).thenApply(values -> {
            Map<LastingName, byte[]> found = new HashMap<>();
            for (int i = 0; i < values.size(); i++) {
                KeyValue<byte[], byte[]> value = values.get(i);
                byte[] open = value.hasValue() ? opened(value.getValue(), keys[i]) : null;
                if (open != null) {
                    found.put(wanted.get(i), open);
                }
            }
            return found;
        });
    }

    private CompletionStage<Map<SharedName, Dated>> changing(
            RedisClusterAsyncCommands<byte[], byte[]> commands, OfAccount account, List<SharedName> wanted) {
        List<SharedName> order = new ArrayList<>(wanted);
        order.sort(Comparator.comparing(SharedName::group));
        long states =
                wanted.stream().filter(name -> name.group() == Group.STATE).count();
        List<byte[]> arguments = RedisScript.texts(Long.toString(states));
        order.forEach(name -> arguments.add(account.field(name)));
        return find.run(commands, List.of(account.changing(), account.lists()), arguments)
                .thenApply(answer -> dated(account.changing(), order, arguments, answer));
    }

    private Map<SharedName, Dated> dated(
            byte[] key, List<SharedName> wanted, List<byte[]> arguments, List<Object> answer) {
        Map<SharedName, Dated> found = new HashMap<>();
        if (answer.size() != 5 || answer.get(1) == null || answer.get(2) == null) {
            return found;
        }
        long now = RedisScript.number(answer.get(0));
        long floor = RedisScript.number(answer.get(1));
        long lists = RedisScript.number(answer.get(2));
        List<Object> values = new ArrayList<>((List<?>) answer.get(3));
        values.addAll((List<?>) answer.get(4));
        for (int i = 0; i < wanted.size(); i++) {
            SharedName name = wanted.get(i);
            Dated value = values.get(i) instanceof byte[] octets ? dated(key, arguments.get(i + 1), octets, now) : null;
            long least = name.group() == SharedName.Group.LIST ? lists : floor;
            if (value != null && value.position() >= least) {
                found.put(name, value);
            }
        }
        return found;
    }

    private @Nullable Dated dated(byte[] key, byte[] field, byte[] octets, long now) {
        if (octets.length <= HEAD || octets.length > HEAD + largest) {
            return null;
        }
        String head = new String(octets, 0, HEAD, StandardCharsets.US_ASCII);
        byte[] stored = Arrays.copyOfRange(octets, HEAD, octets.length);
        byte[] open = opened(stored, RedisNames.join(key, field, RedisNames.ascii(head)));
        if (open == null) {
            return null;
        }
        try {
            // The clock may have been ahead. A part of a millisecond counts as one.
            long age = now - Long.parseLong(head.substring(DIGITS)) + 1;
            long position = Long.parseLong(head.substring(0, DIGITS));
            return age < 0 ? null : new Dated(open, position, Duration.ofMillis(age));
        } catch (NumberFormatException damaged) {
            counters.damaged();
            return null;
        }
    }

    private byte @Nullable [] opened(byte @Nullable [] stored, byte[] name) {
        if (stored == null || stored.length > largest) {
            return null;
        }
        try {
            counters.read(stored.length);
            return sealer.open(stored, name);
        } catch (DamagedValueException damaged) {
            counters.damaged();
            return null;
        }
    }
}
