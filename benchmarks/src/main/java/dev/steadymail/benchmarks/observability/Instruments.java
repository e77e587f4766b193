package dev.steadymail.benchmarks.observability;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import jdk.jfr.Recording;

/** What measures on either side: a registry in memory, spans in batches that nobody gets, and a recording in memory. */
final class Instruments implements AutoCloseable {
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final MeterRegistry others = new SimpleMeterRegistry();
    private final OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(
                            BatchSpanProcessor.builder(new Discarding()).build())
                    .build())
            .build();
    private final Recording recording = new Recording();

    Instruments() {
        recording.setToDisk(false);
        recording.enable("dev.steadymail.MailCall").withoutThreshold();
        recording.enable(BareEvent.class).withoutThreshold();
        recording.start();
    }

    MeterRegistry meters() {
        return meters;
    }

    /** Returns another registry, for other settings of the same meters. */
    MeterRegistry otherMeters() {
        return others;
    }

    OpenTelemetrySdk telemetry() {
        return telemetry;
    }

    @Override
    public void close() {
        recording.close();
        telemetry.close();
        meters.close();
    }

    private static final class Discarding implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
