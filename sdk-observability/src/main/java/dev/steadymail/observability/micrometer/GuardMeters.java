package dev.steadymail.observability.micrometer;

import dev.steadymail.event.ClientEvent.CircuitEvent;
import dev.steadymail.event.ClientEvent.LimitEvent;
import dev.steadymail.event.ClientEvent.ThrottleEvent;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Protocol;
import dev.steadymail.mail.Reach;
import dev.steadymail.observability.OperationNames;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What is measured of throttles, circuits and limits. Thread-safe. */
final class GuardMeters {
    /** A circuit that nobody asked for so long after its pause is not told to be closed, and holds nobody back. */
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(5);

    private final MeterGrid<Counter> throttles;
    private final MeterGrid<Timer> pauses;
    private final MeterGrid<Counter> changes;
    private final MeterGrid<Counter> limits;
    private final List<String> limitNames;
    private final Standing open;

    GuardMeters(Meters meters) {
        this.throttles = meters.counters(Metric.THROTTLES);
        this.pauses = meters.timers(Metric.THROTTLE_PAUSE);
        this.changes = meters.counters(Metric.CIRCUIT_CHANGES);
        this.limits = meters.counters(Metric.LIMITS);
        this.limitNames = Tag.LIMIT.words(meters.operations());
        this.open = new Standing(meters.registry().config().clock()::wallTime);
        for (Protocol protocol : Protocol.values()) {
            for (Reach reach : Reach.values()) {
                meters.gauge(Metric.CIRCUITS_OPEN, open, protocol, reach);
            }
        }
    }

    void throttle(ThrottleEvent event) {
        int protocol = event.protocol().ordinal();
        int reach = event.reach().ordinal();
        throttles.at(protocol, reach, event.kind() == Kind.THROTTLED ? 0 : 1).increment();
        long pause = Duration.between(event.at(), event.until()).toNanos();
        if (pause > 0) {
            pauses.at(protocol, reach).record(pause, TimeUnit.NANOSECONDS);
        }
    }

    void circuit(CircuitEvent event) {
        changes.at(
                        event.protocol().ordinal(),
                        event.reach().ordinal(),
                        event.state().ordinal())
                .increment();
        Object whose = event.reach() == Reach.ACCOUNT ? event.account() : event.circuit();
        Standing.Key key = new Standing.Key(whose, event.protocol(), event.reach());
        if (event.state() == CircuitEvent.State.CLOSED) {
            open.remove(key);
        } else {
            Instant until = event.until() == null ? event.at() : event.until();
            open.put(key, 1, until.plus(FORGOTTEN_AFTER).toEpochMilli());
        }
    }

    void limit(LimitEvent event) {
        int known = limitNames.indexOf(event.limit());
        int place = known < 0 ? limitNames.indexOf(OperationNames.OTHER) : known;
        limits.at(event.protocol().ordinal(), place).increment();
    }
}
