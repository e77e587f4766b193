package dev.steadymail.guard;

import dev.steadymail.testkit.conformance.SharedLimitsConformance;
import dev.steadymail.testkit.conformance.SharedLimitsFixture;
import dev.steadymail.testkit.time.ManualTime;
import java.time.Duration;
import java.time.Instant;

class InProcessLimitsConformanceTest extends SharedLimitsConformance {
    @Override
    protected SharedLimitsFixture newFixture() {
        ManualTime time = new ManualTime();
        return new Fixture(time, new InProcessLimits(time.timeSource(1)));
    }

    /** The object is the store, so every handle is the same object. */
    private record Fixture(ManualTime time, InProcessLimits limits) implements SharedLimitsFixture {
        @Override
        public SharedLimits open() {
            return limits;
        }

        @Override
        public Instant now() {
            return time.now();
        }

        @Override
        public void pass(Duration step) {
            time.advance(step);
        }

        @Override
        public Duration precision() {
            return Duration.ofNanos(1);
        }

        @Override
        public void close() {}
    }
}
