package dev.steadymail.benchmarks.cache;

import dev.steadymail.cache.shared.Begun;
import dev.steadymail.cache.shared.Dated;
import dev.steadymail.cache.shared.Found;
import dev.steadymail.cache.shared.SharedLevel;
import dev.steadymail.cache.shared.SharedName;
import dev.steadymail.cache.shared.TouchListener;
import dev.steadymail.cache.shared.Values;
import dev.steadymail.cache.shared.Wanted;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;

/** A level whose values age by the clock of a replay, in which hours pass while the level's own clock moves by seconds. */
final class TraceTimedLevel implements SharedLevel {
    private final SharedLevel level;
    private final LongSupplier nanos;

    TraceTimedLevel(SharedLevel level, LongSupplier nanos) {
        this.level = level;
        this.nanos = nanos;
    }

    @Override
    public Duration patience() {
        return level.patience();
    }

    @Override
    public Found find(String account, Wanted wanted) {
        return aged(level.find(account, wanted));
    }

    @Override
    public Optional<Begun> begin(
            String account, long floor, Set<String> claims, int urgency, Duration claimFor, Wanted wanted) {
        return level.begin(account, floor, claims, urgency, claimFor, wanted)
                .map(begun -> new Begun(
                        begun.position(), begun.startedAt(), begun.granted(), begun.token(), aged(begun.found())));
    }

    private Found aged(Found found) {
        Map<SharedName, Dated> changing = new HashMap<>();
        found.changing().forEach((name, dated) -> {
            ByteBuffer octets = ByteBuffer.wrap(dated.octets());
            Duration age = Duration.ofNanos(nanos.getAsLong() - octets.getLong());
            byte[] value = Arrays.copyOfRange(dated.octets(), Long.BYTES, dated.octets().length);
            changing.put(name, new Dated(value, dated.position(), age));
        });
        return new Found(changing, found.lasting());
    }

    @Override
    public void keep(String account, String tenant, Begun begun, Values values) {
        Map<SharedName, byte[]> changing = new HashMap<>();
        values.changing()
                .forEach((name, octets) -> changing.put(
                        name,
                        ByteBuffer.allocate(Long.BYTES + octets.length)
                                .putLong(nanos.getAsLong())
                                .put(octets)
                                .array()));
        level.keep(account, tenant, begun, new Values(changing, values.lasting()));
    }

    @Override
    public OptionalLong touch(String account, long floor, Collection<String> states) {
        return level.touch(account, floor, states);
    }

    @Override
    public OptionalLong touchAll(String account, long floor) {
        return level.touchAll(account, floor);
    }

    @Override
    public OptionalLong remove(String account, long floor, Collection<String> owners) {
        return level.remove(account, floor, owners);
    }

    @Override
    public OptionalLong forget(String account, long floor) {
        return level.forget(account, floor);
    }

    @Override
    public Following follow(String account, TouchListener listener) {
        return level.follow(account, listener);
    }
}
