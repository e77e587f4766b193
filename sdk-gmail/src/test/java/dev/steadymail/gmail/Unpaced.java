package dev.steadymail.gmail;

import dev.steadymail.guard.GuardSettings;
import java.time.Duration;

/** Lets requests pass as they come, for tests of what is in them; how they are paced has tests of its own. */
final class Unpaced {
    static final GuardSettings GUARD = GuardSettings.builder()
            .starts(10_000, Duration.ofSeconds(1))
            .failureRate(100)
            .openFor(Duration.ofMillis(1))
            .build();

    private Unpaced() {}
}
