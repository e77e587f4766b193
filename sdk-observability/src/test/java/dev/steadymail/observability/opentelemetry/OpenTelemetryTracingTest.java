package dev.steadymail.observability.opentelemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.event.CallTrace;
import dev.steadymail.event.ClientEvent.CacheEvent;
import dev.steadymail.event.ClientEvent.SendEvent;
import dev.steadymail.event.ClientEvent.SyncEvent;
import dev.steadymail.event.Tracing;
import dev.steadymail.event.WorkTrace;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Protocol;
import dev.steadymail.observability.AccountNames;
import dev.steadymail.observability.OperationNames;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenTelemetryTracingTest {
    private static final AccountId ACCOUNT = new AccountId("ada.canary@example.com");
    private static final String GET = "messages.get";
    private static final long SECOND = 1_000_000_000;

    private final SetClock clock = new SetClock();
    private final KeptSpans kept = new KeptSpans();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setTracerProvider(SdkTracerProvider.builder()
                    .setClock(clock)
                    .addSpanProcessor(SimpleSpanProcessor.create(kept))
                    .build())
            .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
            .build();
    private final OpenTelemetryTracing tracing = OpenTelemetryTracing.of(sdk, new SpanClock(clock));

    @AfterEach
    void nothingIsLeftBehind() {
        assertEquals(Context.root(), Context.current());
        assertFalse(kept.spans.toString().contains("canary"), "an address got into a span");
        sdk.close();
    }

    private CallTrace call() {
        return tracing.call(ACCOUNT, Protocol.GMAIL, GET, Lane.INTERACTIVE);
    }

    private String traceparent() {
        Map<String, String> fields = new HashMap<>();
        tracing.headers(fields::put);
        return Objects.requireNonNull(fields.get("traceparent"));
    }

    private static String traceparent(SpanData span) {
        return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                + span.getSpanContext().getTraceFlags().asHex();
    }

    @Test
    void baggage_isNotSent() {
        Map<String, String> fields = new HashMap<>();
        OpenTelemetrySdk generous = OpenTelemetrySdk.builder()
                .setPropagators(ContextPropagators.create(TextMapPropagator.composite(
                        W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance())))
                .build();
        Context carried =
                Context.current().with(Baggage.builder().put("user", "canary").build());
        carried.wrap(() -> OpenTelemetryTracing.of(generous).headers(fields::put))
                .run();
        assertEquals(Map.of(), fields);
        generous.close();
    }

    @Test
    void oneAttemptWithoutAWait_isOneSpan() {
        CallTrace call = call();
        call.attemptBegan(1, 0);
        String said = traceparent();
        clock.advance(Duration.ofMillis(120));
        call.attemptLeft(1);
        call.attemptSucceeded(1);
        call.succeeded();

        SpanData span = kept.named(GET);
        assertEquals(1, kept.spans.size());
        assertEquals(SpanKind.CLIENT, span.getKind());
        assertEquals(StatusCode.UNSET, span.getStatus().getStatusCode());
        assertAttributes(
                Attributes.of(
                        SpanKeys.PROTOCOL, "gmail",
                        SpanKeys.OPERATION, GET,
                        SpanKeys.LANE, "interactive"),
                span.getAttributes());
        assertEquals(Duration.ofMillis(120).toNanos(), span.getEndEpochNanos() - span.getStartEpochNanos());
        assertEquals(traceparent(span), said);
        assertEquals("dev.steadymail", span.getInstrumentationScopeInfo().getName());
    }

    @Test
    @SuppressWarnings("try") // A scope is only to be closed.
    void call_isAChildOfWhatTheThreadWasDoing() {
        Span outer = sdk.getTracer("test").spanBuilder("outer").startSpan();
        try (Scope scope = outer.makeCurrent()) {
            CallTrace call = call();
            call.attemptBegan(1, 0);
            call.attemptLeft(1);
            assertEquals(outer, Span.current());
            call.attemptSucceeded(1);
            call.succeeded();
        }
        outer.end();
        assertEquals(
                outer.getSpanContext().getSpanId(),
                kept.named(GET).getParentSpanContext().getSpanId());
    }

    @Test
    void waitOfMoreThanAMillisecond_isAChild() {
        CallTrace call = call();
        clock.advance(Duration.ofSeconds(2));
        call.attemptBegan(1, 2 * SECOND);
        call.attemptLeft(1);
        call.attemptSucceeded(1);
        call.succeeded();

        SpanData wait = kept.named("wait");
        SpanData span = kept.named(GET);
        assertEquals(span.getSpanId(), wait.getParentSpanContext().getSpanId());
        assertEquals(SpanKind.INTERNAL, wait.getKind());
        assertEquals(span.getStartEpochNanos(), wait.getStartEpochNanos());
        assertEquals(span.getStartEpochNanos() + 2 * SECOND, wait.getEndEpochNanos());
    }

    @Test
    void waitOfAMillisecond_isNone() {
        CallTrace call = call();
        call.attemptBegan(1, 1_000_000);
        call.attemptLeft(1);
        call.attemptSucceeded(1);
        call.succeeded();
        assertEquals(1, kept.spans.size());
    }

    @Test
    void failedAttemptThatIsRepeated_isToldAfterwards() {
        CallTrace call = call();
        clock.advance(Duration.ofSeconds(1));
        call.attemptBegan(1, SECOND);
        clock.advance(Duration.ofSeconds(3));
        call.attemptLeft(1);
        call.attemptFailed(1, Kind.UNAVAILABLE, 3 * SECOND);
        clock.advance(Duration.ofSeconds(5));
        call.attemptBegan(2, 5 * SECOND);
        String said = traceparent();
        clock.advance(Duration.ofSeconds(1));
        call.attemptLeft(2);
        call.attemptSucceeded(2);
        call.succeeded();

        List<SpanData> spans = kept.spans;
        assertEquals(
                List.of("wait", "wait", GET, GET, GET),
                spans.stream().map(SpanData::getName).toList());
        SpanData first = spans.get(2);
        SpanData second = spans.get(3);
        SpanData whole = spans.get(4);
        spans.subList(0, 4)
                .forEach(child -> assertEquals(
                        whole.getSpanId(), child.getParentSpanContext().getSpanId()));
        long began = whole.getStartEpochNanos();
        assertEquals(began + SECOND, first.getStartEpochNanos());
        assertEquals(began + 4 * SECOND, first.getEndEpochNanos());
        assertEquals("unavailable", first.getAttributes().get(SpanKeys.ERROR_TYPE));
        assertEquals(StatusCode.ERROR, first.getStatus().getStatusCode());
        assertEquals("", first.getStatus().getDescription());
        assertEquals(began + 9 * SECOND, second.getStartEpochNanos());
        assertEquals(1L, second.getAttributes().get(SpanKeys.RESEND_COUNT));
        assertEquals(SpanKind.CLIENT, second.getKind());
        assertEquals(StatusCode.UNSET, second.getStatus().getStatusCode());
        assertEquals(traceparent(second), said);
        assertEquals(2L, whole.getAttributes().get(SpanKeys.ATTEMPTS));
        assertEquals(StatusCode.UNSET, whole.getStatus().getStatusCode());
    }

    @Test
    void callThatFails_saysWhatWith() {
        CallTrace call = call();
        call.attemptBegan(1, 0);
        call.attemptLeft(1);
        call.attemptFailed(1, Kind.NOT_FOUND, 5);
        call.failed(Kind.NOT_FOUND, 0);
        SpanData span = kept.named(GET);
        assertEquals(StatusCode.ERROR, span.getStatus().getStatusCode());
        assertEquals("not_found", span.getAttributes().get(SpanKeys.ERROR_TYPE));
    }

    @Test
    void callThatEndsBeforeItsTurn_hasOnlyWaited() {
        CallTrace call = call();
        clock.advance(Duration.ofSeconds(7));
        call.failed(Kind.DEADLINE, 7 * SECOND);
        SpanData wait = kept.named("wait");
        assertEquals(7 * SECOND, wait.getEndEpochNanos() - wait.getStartEpochNanos());
        assertEquals(0L, kept.named(GET).getAttributes().get(SpanKeys.ATTEMPTS));
    }

    @Test
    void attemptThatNeverEnds_endsWithTheCall() {
        CallTrace call = call();
        call.attemptBegan(1, 0);
        call.attemptLeft(1);
        call.attemptFailed(1, Kind.TIMEOUT, 5);
        call.attemptBegan(2, 0);
        call.attemptLeft(2);
        call.attemptBegan(3, 0);
        call.attemptLeft(3);
        call.attemptFailed(2, Kind.TIMEOUT, 5);
        call.failed(Kind.CANCELLED, 0);
        assertEquals(4, kept.spans.size());
        assertTrue(kept.spans.stream().allMatch(SpanData::hasEnded));
        assertEquals(3L, kept.spans.get(3).getAttributes().get(SpanKeys.ATTEMPTS));
    }

    @Test
    void operationThatIsNotKnown_isOther() {
        String secret = "search canary";
        CallTrace call = tracing.call(ACCOUNT, Protocol.OTHER, secret, Lane.DELTA);
        call.attemptBegan(1, 0);
        call.attemptLeft(1);
        call.attemptSucceeded(1);
        call.succeeded();
        assertEquals(
                OperationNames.OTHER,
                kept.named(OperationNames.OTHER).getAttributes().get(SpanKeys.OPERATION));
    }

    @Test
    void ownOperation_isToldByItsName() {
        OpenTelemetryTracing own = tracing.withOperations(OperationNames.STANDARD.with(List.of("folders.delta")));
        CallTrace call = own.call(ACCOUNT, Protocol.OTHER, "folders.delta", Lane.DELTA);
        call.succeeded();
        assertEquals("folders.delta", kept.spans.get(0).getName());
    }

    @Test
    void account_isToldByANameWhereAskedFor() {
        AccountNames names = AccountNames.random();
        OpenTelemetryTracing naming = tracing.withAccounts(names);
        CallTrace call = naming.call(ACCOUNT, Protocol.GMAIL, GET, Lane.DELTA);
        naming.work(Tracing.Work.SYNC, ACCOUNT, Protocol.GMAIL).ended(sync(null));
        call.succeeded();
        String name = names.of(ACCOUNT, clock.instant());
        kept.spans.forEach(span -> assertEquals(name, span.getAttributes().get(SpanKeys.ACCOUNT)));
        assertEquals(2, kept.spans.size());
    }

    @Test
    void sync_isASpanWhoseChildrenAreItsCalls() {
        WorkTrace work = tracing.work(Tracing.Work.SYNC, ACCOUNT, Protocol.IMAP);
        call().succeeded();
        work.ended(sync(Kind.NETWORK));

        SpanData span = kept.named("sync");
        assertEquals(SpanKind.INTERNAL, span.getKind());
        assertEquals(span.getSpanId(), kept.named(GET).getParentSpanContext().getSpanId());
        assertAttributes(
                Attributes.builder()
                        .put(SpanKeys.PROTOCOL, "imap")
                        .put(SpanKeys.SYNC_MODE, "recovered")
                        .put(SpanKeys.SYNC_CREATED, 1L)
                        .put(SpanKeys.SYNC_UPDATED, 2L)
                        .put(SpanKeys.SYNC_DESTROYED, 3L)
                        .put(SpanKeys.SYNC_RECOVERED, 4L)
                        .put(SpanKeys.SYNC_PARKED, 5L)
                        .put(SpanKeys.ERROR_TYPE, "network")
                        .build(),
                span.getAttributes());
        assertEquals(StatusCode.ERROR, span.getStatus().getStatusCode());
    }

    @Test
    void cacheReadAndSend_areSpansWithFigures() {
        Instant now = clock.instant();
        tracing.work(Tracing.Work.CACHE, ACCOUNT, Protocol.IMAP)
                .ended(new CacheEvent(
                        now, ACCOUNT, Protocol.IMAP, CacheEvent.Subject.EMAIL, 1, 2, 3, 4, 5, Duration.ZERO, null));
        tracing.work(Tracing.Work.SEND, ACCOUNT, Protocol.SMTP)
                .ended(new SendEvent(
                        now, ACCOUNT, Protocol.SMTP, SendEvent.Outcome.SENT, 2, Duration.ofSeconds(1), null));
        assertAttributes(
                Attributes.builder()
                        .put(SpanKeys.PROTOCOL, "imap")
                        .put(SpanKeys.CACHE_SUBJECT, "email")
                        .put(SpanKeys.CACHE_HITS, 1L)
                        .put(SpanKeys.CACHE_SHARED_HITS, 2L)
                        .put(SpanKeys.CACHE_SOURCED, 3L)
                        .put(SpanKeys.CACHE_LOADS, 4L)
                        .put(SpanKeys.CACHE_STALE, 5L)
                        .build(),
                kept.named("cache").getAttributes());
        assertAttributes(
                Attributes.of(SpanKeys.PROTOCOL, "smtp", SpanKeys.SEND_OUTCOME, "sent", SpanKeys.ATTEMPTS, 2L),
                kept.named("send").getAttributes());
    }

    @Test
    void executor_goesOnWithWhatTheThreadWasDoing() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            CallTrace call = call();
            call.attemptBegan(1, 0);
            String here = traceparent();
            String[] there = new String[1];
            tracing.carrying(threads).execute(() -> there[0] = traceparent());
            threads.shutdown();
            assertTrue(threads.awaitTermination(10, TimeUnit.SECONDS));
            call.attemptLeft(1);
            call.succeeded();
            assertEquals(here, there[0]);
            assertNotEquals(null, here);
        } finally {
            threads.shutdownNow();
        }
    }

    private static void assertAttributes(Attributes expected, Attributes told) {
        assertEquals(expected.asMap(), told.asMap());
    }

    private SyncEvent sync(Kind failure) {
        return new SyncEvent(
                clock.instant(),
                ACCOUNT,
                Protocol.IMAP,
                SyncEvent.Mode.RECOVERED,
                1,
                2,
                3,
                4,
                5,
                Duration.ofSeconds(1),
                failure);
    }
}
