package dev.steadymail.observability.micrometer;

import dev.steadymail.event.ClientEvent.ErrorEvent;
import dev.steadymail.event.ClientEvent.RequestEvent;
import dev.steadymail.event.ClientEvent.RetryEvent;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.observability.OperationNames;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is measured of calls and their attempts. Thread-safe. */
final class RequestMeters {
    /** The place of {@link OperationNames#OTHER} among the words of {@link Tag#OPERATION}. */
    private static final Integer OTHER = 0;

    /** Most attempts start at once, and cost one time less to be recorded. */
    private static final long A_WAIT = TimeUnit.MILLISECONDS.toNanos(1);

    private final Map<String, Integer> operations;
    private final MeterGrid<Timer> requests;
    private final MeterGrid<Timer> waits;
    private final MeterGrid<Counter> units;
    private final MeterGrid<DistributionSummary> waiting;
    private final MeterGrid<Counter> retries;
    private final MeterGrid<Counter> errors;

    RequestMeters(Meters meters) {
        this.operations = places(Tag.OPERATION.words(meters.operations()));
        this.requests = meters.timers(Metric.REQUESTS);
        this.waits = meters.timers(Metric.REQUEST_WAIT);
        this.units = meters.counters(Metric.QUOTA_UNITS);
        this.waiting = meters.summaries(Metric.CALLS_WAITING);
        this.retries = meters.counters(Metric.RETRIES);
        this.errors = meters.counters(Metric.ERRORS);
    }

    void request(RequestEvent event) {
        int protocol = event.protocol().ordinal();
        int lane = event.lane().ordinal();
        requests.at(protocol, operation(event.operation()), lane, outcome(event.failure()))
                .record(event.latency().toNanos(), TimeUnit.NANOSECONDS);
        units.at(protocol, lane).increment(event.units());
        long waited = event.waited().toNanos();
        if (waited >= A_WAIT) {
            waits.at(protocol, lane).record(waited, TimeUnit.NANOSECONDS);
        }
        if (event.queued() > 0) {
            waiting.at(protocol).record(event.queued());
        }
    }

    void retry(RetryEvent event) {
        retries.at(
                        event.protocol().ordinal(),
                        operation(event.operation()),
                        event.reason().ordinal())
                .increment();
    }

    void error(ErrorEvent event) {
        errors.at(
                        event.protocol().ordinal(),
                        operation(event.operation()),
                        event.kind().ordinal())
                .increment();
    }

    /** The place among the words of {@link Tag#OUTCOME}. */
    static int outcome(@Nullable Kind failure) {
        return failure == null ? 0 : failure.ordinal() + 1;
    }

    private int operation(String name) {
        return operations.getOrDefault(name, OTHER);
    }

    private static Map<String, Integer> places(List<String> words) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < words.size(); i++) {
            places.put(words.get(i), i);
        }
        return places;
    }
}
