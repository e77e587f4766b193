package dev.steadymail.observability.micrometer;

import dev.steadymail.mail.Protocol;
import dev.steadymail.mail.Reach;
import dev.steadymail.observability.OperationNames;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Makes meters by the table. Immutable. */
record Meters(MeterRegistry registry, OperationNames operations, Buckets buckets) {
    MeterGrid<Timer> timers(Metric metric) {
        List<Duration> bounds = buckets.of(metric);
        return new MeterGrid<>(metric, operations, tags -> {
            Timer.Builder timer = Timer.builder(metric.meterName())
                    .description(metric.meaning())
                    .tags(tags);
            return (bounds.isEmpty() ? timer : timer.serviceLevelObjectives(bounds.toArray(Duration[]::new)))
                    .register(registry);
        });
    }

    MeterGrid<Counter> counters(Metric metric) {
        return new MeterGrid<>(
                metric,
                operations,
                tags -> Counter.builder(metric.meterName())
                        .description(metric.meaning())
                        .tags(tags)
                        .register(registry));
    }

    MeterGrid<DistributionSummary> summaries(Metric metric) {
        return new MeterGrid<>(
                metric,
                operations,
                tags -> DistributionSummary.builder(metric.meterName())
                        .description(metric.meaning())
                        .tags(tags)
                        .register(registry));
    }

    void gauge(Metric metric, Standing standing, Protocol protocol, Reach reach) {
        Gauge.Builder<Standing> gauge = Gauge.builder(
                        metric.meterName(), standing, facts -> (double) facts.sum(protocol, reach))
                .description(metric.meaning())
                .tag(Tag.PROVIDER.key(), protocol.name().toLowerCase(Locale.ROOT))
                .strongReference(true);
        if (metric.tags().contains(Tag.REACH)) {
            gauge.tag(Tag.REACH.key(), reach.name().toLowerCase(Locale.ROOT));
        }
        gauge.register(registry);
    }

    /** The registry holds what it reads weakly; see {@link SteadymailMetrics}, which holds it. */
    void counter(Metric metric, LongSupplier count) {
        FunctionCounter.builder(metric.meterName(), count, read -> (double) read.getAsLong())
                .description(metric.meaning())
                .register(registry);
    }
}
