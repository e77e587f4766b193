package dev.steadymail.observability.micrometer;

import dev.steadymail.event.ClientEvent;
import dev.steadymail.event.ClientEvent.CacheEvent;
import dev.steadymail.event.ClientEvent.CircuitEvent;
import dev.steadymail.event.ClientEvent.ErrorEvent;
import dev.steadymail.event.ClientEvent.LimitEvent;
import dev.steadymail.event.ClientEvent.RequestEvent;
import dev.steadymail.event.ClientEvent.RetryEvent;
import dev.steadymail.event.ClientEvent.SendEvent;
import dev.steadymail.event.ClientEvent.SyncEvent;
import dev.steadymail.event.ClientEvent.ThrottleEvent;
import dev.steadymail.event.ClientEvent.WatchingEvent;
import dev.steadymail.event.ClientEventListener;
import dev.steadymail.observability.OperationNames;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;

/**
 * Measures what clients do, in a registry of Micrometer: counts, times and what is so now, told apart by words from closed lists and
 * never by account. docs/metrics.md has the table of all. Give it to {@code MailRuntime.Builder.listener}; one for a registry, since
 * the gauges of a second one would not be registered. Thread-safe.
 */
public final class SteadymailMetrics implements ClientEventListener {
    private final RequestMeters requests;
    private final GuardMeters guards;
    private final MailMeters mail;
    /** Held here because the registry does not. */
    private final EventCounts events;

    private SteadymailMetrics(MeterRegistry registry, Builder builder) {
        Meters meters =
                new Meters(registry, builder.operations, new Buckets(builder.requestBuckets, builder.syncBuckets));
        this.requests = new RequestMeters(meters);
        this.guards = new GuardMeters(meters);
        this.mail = new MailMeters(meters);
        this.events = builder.events;
        meters.counter(Metric.EVENTS_OFFERED, events.offered());
        meters.counter(Metric.EVENTS_SENT, events.sent());
        meters.counter(Metric.EVENTS_REFUSED, events.refused());
        meters.counter(Metric.EVENTS_DROPPED, events.dropped());
    }

    /** Returns metrics in a registry, with the standard names of operations and buckets. */
    public static SteadymailMetrics in(MeterRegistry registry) {
        return builder().build(registry);
    }

    /** Returns a builder with the standard names of operations and buckets, and no events sent elsewhere. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public void on(ClientEvent event) {
        if (event instanceof RequestEvent request) {
            requests.request(request);
        } else if (event instanceof CacheEvent cache) {
            mail.cache(cache);
        } else if (event instanceof RetryEvent retry) {
            requests.retry(retry);
        } else if (event instanceof ErrorEvent error) {
            requests.error(error);
        } else if (event instanceof ThrottleEvent throttle) {
            guards.throttle(throttle);
        } else if (event instanceof CircuitEvent circuit) {
            guards.circuit(circuit);
        } else if (event instanceof LimitEvent limit) {
            guards.limit(limit);
        } else if (event instanceof SyncEvent sync) {
            mail.sync(sync);
        } else if (event instanceof WatchingEvent watching) {
            mail.watching(watching);
        } else if (event instanceof SendEvent send) {
            mail.send(send);
        }
    }

    /** How to measure. Not thread-safe. */
    public static final class Builder {
        private OperationNames operations = OperationNames.STANDARD;
        private List<Duration> requestBuckets = Buckets.STANDARD.requests();
        private List<Duration> syncBuckets = Buckets.STANDARD.syncs();
        private EventCounts events = EventCounts.NONE;

        private Builder() {}

        /** The operations that are told apart; all others are {@code other}. */
        public Builder operations(OperationNames operations) {
            this.operations = operations;
            return this;
        }

        /**
         * Counts requests by how long they took.
         *
         * @param bounds ascending, 20 at most; empty for none, which leaves the dashboard without percentiles
         */
        public Builder requestBuckets(List<Duration> bounds) {
            this.requestBuckets = new Buckets(bounds, List.of()).requests();
            return this;
        }

        /**
         * Counts syncs by how long they took.
         *
         * @param bounds ascending, 20 at most; empty for none
         */
        public Builder syncBuckets(List<Duration> bounds) {
            this.syncBuckets = new Buckets(List.of(), bounds).syncs();
            return this;
        }

        /** Shows what becomes of events that are sent elsewhere. */
        public Builder events(EventCounts events) {
            this.events = events;
            return this;
        }

        /** Registers the meters; those of them that can be few are there from now on, with zero. */
        public SteadymailMetrics build(MeterRegistry registry) {
            return new SteadymailMetrics(registry, this);
        }
    }
}
