package dev.steadymail.benchmarks.observability;

import dev.steadymail.MailRuntime;
import dev.steadymail.event.ClientEventListener;
import dev.steadymail.event.Telemetry;
import dev.steadymail.event.Tracing;
import dev.steadymail.guard.Cancellation;
import dev.steadymail.guard.Guard;
import dev.steadymail.guard.GuardProfile;
import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.Guards;
import dev.steadymail.guard.Request;
import dev.steadymail.guard.Traffic;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.Protocol;
import dev.steadymail.observability.events.EventBatcher;
import dev.steadymail.observability.export.ExportResult;
import dev.steadymail.observability.jfr.JfrTracing;
import dev.steadymail.observability.micrometer.SteadymailMetrics;
import dev.steadymail.observability.opentelemetry.OpenTelemetryTracing;
import dev.steadymail.time.Deadline;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What does a guarded call cost with everything on that sees it, beside a bare timer of Micrometer, a bare span of OpenTelemetry and a
 * bare event of JFR around the same work? The work is kept out of line, as a real attempt is.
 */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SeenCall {
    private static final Request READ = Request.repeatable("messages.get", Duration.ofSeconds(10));
    private static final AttributeKey<String> PROTOCOL = AttributeKey.stringKey("steadymail.protocol");
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("steadymail.operation");
    private static final AttributeKey<String> LANE = AttributeKey.stringKey("steadymail.lane");
    private static final AttributeKey<Long> ATTEMPTS = AttributeKey.longKey("steadymail.attempts");
    private static final GuardSettings WIDE = GuardSettings.builder()
            .maxInFlight(100)
            .starts(1_000_000, Duration.ofMillis(1))
            .build();

    private final Instruments instruments = new Instruments();
    private final Tracer tracer = instruments.telemetry().getTracer("bare");
    private final Timer timer =
            Timer.builder("bare").tag("operation", "messages.get").register(instruments.meters());

    private final MailRuntime runtime = MailRuntime.create();
    private final Deadline deadline = runtime.time().deadline(Duration.ofDays(1));
    private final Guard unseen = guard(null, null);
    private final EventBatcher batcher = EventBatcher.to((batch, call) -> ExportResult.taken());
    private final ClientEventListener listener =
            ClientEventListener.all(List.of(SteadymailMetrics.in(instruments.meters()), batcher));
    /** A bare timer has no buckets either. */
    private final ClientEventListener plainListener = ClientEventListener.all(
            List.of(SteadymailMetrics.builder().requestBuckets(List.of()).build(instruments.otherMeters()), batcher));

    private final Tracing spans = OpenTelemetryTracing.of(instruments.telemetry());
    private final Tracing events = JfrTracing.standard();
    private final Guard heard = guard(listener, null);
    private final Guard traced = guard(null, Tracing.all(List.of(spans)));
    private final Guard recorded = guard(null, Tracing.all(List.of(events)));
    private final Guard seen = guard(listener, Tracing.all(List.of(spans, events)));
    private final Guard seenPlain = guard(plainListener, Tracing.all(List.of(spans, events)));

    /** Made for JMH. */
    public SeenCall() {}

    private Guard guard(@Nullable ClientEventListener listener, @Nullable Tracing tracing) {
        Telemetry telemetry = Telemetry.of(new AccountId("ada"), Protocol.GMAIL, runtime.time(), listener, tracing);
        return new Guards(runtime.time(), null, listener)
                .open(
                        telemetry,
                        GuardProfile.alone(WIDE),
                        new Traffic(runtime.time().nanos()));
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    static Object work() {
        return READ;
    }

    @CompilerControl(CompilerControl.Mode.DONT_INLINE)
    @SuppressWarnings("UnusedVariable")
    static Object attempt(Cancellation cancellation) {
        return READ;
    }

    /** Timer, span and event, by hand. */
    @Benchmark
    public Object bare() {
        BareEvent event = new BareEvent();
        event.begin();
        Span span = span();
        Object answer = timer.record(SeenCall::work);
        span.end();
        commit(event);
        return answer;
    }

    /** The same with the span as the thread's own meanwhile, as OpenTelemetry's manual has it. */
    @Benchmark
    @SuppressWarnings("try") // A scope is only to be closed.
    public Object bareCurrent() {
        BareEvent event = new BareEvent();
        event.begin();
        Span span = span();
        Object answer;
        try (Scope scope = span.makeCurrent()) {
            answer = timer.record(SeenCall::work);
        }
        span.end();
        commit(event);
        return answer;
    }

    private Span span() {
        return tracer.spanBuilder("messages.get")
                .setSpanKind(SpanKind.CLIENT)
                .setAttribute(PROTOCOL, "gmail")
                .setAttribute(OPERATION, "messages.get")
                .setAttribute(LANE, "interactive")
                .setAttribute(ATTEMPTS, 1L)
                .startSpan();
    }

    private static void commit(BareEvent event) {
        event.operation = "messages.get";
        event.protocol = "gmail";
        event.lane = "interactive";
        event.attempts = 1;
        event.outcome = "succeeded";
        event.commit();
    }

    @Benchmark
    public Object bareSpan() {
        Span span = span();
        Object answer = work();
        span.end();
        return answer;
    }

    @Benchmark
    public Object bareEvent() {
        BareEvent event = new BareEvent();
        event.begin();
        Object answer = work();
        commit(event);
        return answer;
    }

    @Benchmark
    public Object bareTimer() {
        return timer.record(SeenCall::work);
    }

    @Benchmark
    public Object guard() {
        return call(unseen);
    }

    @Benchmark
    public Object guardHeard() {
        return call(heard);
    }

    @Benchmark
    public Object guardTraced() {
        return call(traced);
    }

    @Benchmark
    public Object guardRecorded() {
        return call(recorded);
    }

    /** Everything on. */
    @Benchmark
    public Object guardSeen() {
        return call(seen);
    }

    /** Everything on, and timers without buckets, as the bare one is. */
    @Benchmark
    public Object guardSeenPlain() {
        return call(seenPlain);
    }

    private Object call(Guard guard) {
        return guard.call(READ, Lane.INTERACTIVE, deadline, SeenCall::attempt);
    }

    @TearDown(Level.Trial)
    public void close() {
        List.of(unseen, heard, traced, recorded, seen, seenPlain).forEach(Guard::close);
        batcher.close();
        runtime.close();
        instruments.close();
    }
}
