package dev.steadymail.examples;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.observability.opentelemetry.OpenTelemetryTracing;
import dev.steadymail.provider.MailAccount;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;

/** Lists mailboxes as part of a span of its own, and prints the spans that come of it; requests to Gmail carry their context. */
public final class TraceWithOpenTelemetry {
    private TraceWithOpenTelemetry() {}

    public static void main(String[] args) {
        try (OpenTelemetrySdk telemetry = telemetry(new Printed())) {
            run(ExampleAccount.from(System.getenv()), telemetry);
        }
    }

    /** Returns what an application has already: here it exports each span as it ends. */
    static OpenTelemetrySdk telemetry(SpanExporter exporter) {
        return OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                        .build())
                .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                .build();
    }

    @SuppressWarnings("try") // A scope is only to be closed.
    static void run(MailAccount account, OpenTelemetry telemetry) {
        try (MailRuntime runtime = MailRuntime.builder()
                        .tracing(OpenTelemetryTracing.of(telemetry))
                        .build();
                MailClient mail = runtime.open(account)) {
            Span page = telemetry
                    .getTracer("my.application")
                    .spanBuilder("show folders")
                    .startSpan();
            try (Scope scope = page.makeCurrent()) {
                var unused = mail.mailboxes().list();
            } finally {
                page.end();
            }
        }
    }

    private static final class Printed implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            spans.forEach(span -> System.out.printf(
                    "%s %d us %s%n",
                    span.getName(),
                    (span.getEndEpochNanos() - span.getStartEpochNanos()) / 1_000,
                    span.getAttributes()));
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
