package dev.steadymail.observability.opentelemetry;

import io.opentelemetry.sdk.common.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that is set, for the SDK of OpenTelemetry and for ours. */
final class SetClock implements Clock, InstantSource {
    private long nanos = 1_000_000_000_000L;

    void advance(Duration by) {
        nanos += by.toNanos();
    }

    @Override
    public long now() {
        return nanos;
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochSecond(0, nanos);
    }
}
