package dev.steadymail.observability.canary;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.event.ClientEvent;
import dev.steadymail.event.ClientEvent.ErrorEvent;
import dev.steadymail.event.ClientEvent.RequestEvent;
import dev.steadymail.event.ClientEventListener;
import dev.steadymail.event.Tracing;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.observability.AccountNames;
import dev.steadymail.observability.events.BatcherSettings;
import dev.steadymail.observability.events.EventBatcher;
import dev.steadymail.observability.events.Overflow;
import dev.steadymail.observability.export.EventBatch;
import dev.steadymail.observability.export.InMemoryExporter;
import dev.steadymail.observability.jfr.JfrTracing;
import dev.steadymail.observability.log.EventLog;
import dev.steadymail.observability.log.MdcTracing;
import dev.steadymail.observability.micrometer.SteadymailMetrics;
import dev.steadymail.observability.opentelemetry.OpenTelemetryTracing;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import jdk.jfr.Recording;

/** All that anybody may be told of clients. */
final class Trail implements AutoCloseable {
    private static final List<String> RECORDED = List.of("MailCall", "MailSync", "MailCacheRead", "MailSend");

    private final LoggedText log = new LoggedText();
    private final List<ClientEvent> events = new CopyOnWriteArrayList<>();
    private final InMemoryExporter exporter = new InMemoryExporter();
    private final EventBatcher batcher = EventBatcher.builder(exporter)
            .settings(BatcherSettings.DEFAULT.withCapacity(1 << 17, Overflow.DROP_NEWEST))
            .build();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final SteadymailMetrics metrics = SteadymailMetrics.in(registry);
    private final Spans spans = new Spans();
    private final OpenTelemetrySdk telemetry = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(spans))
                    .build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();
    private final Recording recording = new Recording();
    private final List<String> errors = new ArrayList<>();
    private final List<String> wire = new ArrayList<>();

    Trail() {
        for (String name : RECORDED) {
            recording.enable("dev.steadymail." + name).withThreshold(Duration.ZERO);
        }
        recording.start();
    }

    /** Keeps the spans that end. */
    private static final class Spans implements SpanExporter {
        private final List<String> ended = new CopyOnWriteArrayList<>();

        @Override
        public CompletableResultCode export(Collection<SpanData> more) {
            more.forEach(span -> ended.add(span.toString()));
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

    /** Returns a runtime that everything listens to, as curious as it can be. */
    MailRuntime.Builder runtime() {
        AccountNames names = AccountNames.random();
        return MailRuntime.builder()
                .listener(ClientEventListener.all(List.of(
                        events::add, batcher, metrics, EventLog.standard().withAccounts(names))))
                .tracing(Tracing.all(List.of(
                        OpenTelemetryTracing.of(telemetry).withAccounts(names),
                        JfrTracing.standard(),
                        MdcTracing.standard().withAccounts(names))));
    }

    /** Failures said this. */
    void failed(List<String> texts) {
        errors.addAll(texts);
    }

    /** A client was used. */
    void left(MailClient mail) {
        errors.add(mail.id() + " " + mail.explain() + " " + mail.ledger());
        mail.protocolLog().lines().forEach(line -> wire.add(line.toString()));
    }

    /** Returns the kinds that attempts and calls failed with. */
    Set<Kind> kinds() {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        for (ClientEvent event : events) {
            if (event instanceof ErrorEvent error) {
                kinds.add(error.kind());
            } else if (event instanceof RequestEvent request && request.failure() != null) {
                kinds.add(request.failure());
            }
        }
        return kinds;
    }

    /**
     * Returns what was found, by where.
     *
     * @param speaks whether there was a protocol to log
     */
    List<String> hits(boolean speaks) {
        List<String> hits = new ArrayList<>();
        if (!batcher.flush(Duration.ofSeconds(30))) {
            hits.add("the events did not all arrive");
        }
        String sent = exporter.taken().stream().map(EventBatch::json).collect(Collectors.joining("\n"));
        look("events in the process", events.toString(), hits);
        look("events sent", sent + batcher + batcher.statistics(), hits);
        look("metrics", registry.scrape(), hits);
        look("spans", String.join("\n", spans.ended), hits);
        look("recording", new String(recorded(), StandardCharsets.ISO_8859_1), hits);
        look("log", String.join("\n", log.lines()), hits);
        if (speaks) {
            look("protocol log", String.join("\n", wire), hits);
        }
        look("errors", String.join("\n", errors), hits);
        return hits;
    }

    private byte[] recorded() {
        recording.stop();
        try {
            Path file = Files.createTempFile("trail", ".jfr");
            try {
                recording.dump(file);
                return Files.readAllBytes(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void look(String where, String text, List<String> hits) {
        if (text.length() < 100) {
            hits.add(where + " is empty, so that nothing can be found there");
        }
        Canaries.in(text.getBytes(StandardCharsets.ISO_8859_1)).forEach(hit -> hits.add(where + ": " + hit));
    }

    @Override
    public void close() {
        batcher.close();
        recording.close();
        telemetry.close();
        log.close();
    }
}
