package dev.steadymail.cache;

import dev.steadymail.cache.shared.Begun;
import dev.steadymail.cache.shared.Found;
import dev.steadymail.cache.shared.SharedLevel;
import dev.steadymail.cache.shared.TouchListener;
import dev.steadymail.cache.shared.Values;
import dev.steadymail.cache.shared.Wanted;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** There is nothing beneath the memory. */
final class NoSharedLevel implements SharedLevel {
    static final SharedLevel NONE = new NoSharedLevel();

    private NoSharedLevel() {}

    @Override
    public Duration patience() {
        return Duration.ZERO;
    }

    @Override
    public Found find(String account, Wanted wanted) {
        return Found.NOTHING;
    }

    @Override
    public Optional<Begun> begin(
            String account, long floor, Set<String> claims, int urgency, Duration claimFor, Wanted wanted) {
        return Optional.empty();
    }

    @Override
    public void keep(String account, String tenant, Begun begun, Values values) {}

    @Override
    public OptionalLong touch(String account, long floor, Collection<String> states) {
        return OptionalLong.of(0);
    }

    @Override
    public OptionalLong touchAll(String account, long floor) {
        return OptionalLong.of(0);
    }

    @Override
    public OptionalLong remove(String account, long floor, Collection<String> owners) {
        return OptionalLong.of(0);
    }

    @Override
    public OptionalLong forget(String account, long floor) {
        return OptionalLong.of(0);
    }

    @Override
    public Following follow(String account, TouchListener listener) {
        return () -> {};
    }
}
