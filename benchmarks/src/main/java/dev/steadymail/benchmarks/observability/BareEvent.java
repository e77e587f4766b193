package dev.steadymail.benchmarks.observability;

import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** An event with the figures of the SDK's own. */
@Name("dev.steadymail.benchmarks.Bare")
@StackTrace(false)
final class BareEvent extends Event {
    @Nullable
    String operation;

    @Nullable
    String protocol;

    @Nullable
    String lane;

    int attempts;

    @Timespan(Timespan.NANOSECONDS)
    long waited;

    @Nullable
    String outcome;
}
