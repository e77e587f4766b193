package dev.steadymail.observability.opentelemetry;

import dev.steadymail.event.CallTrace;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.observability.EnumWords;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one call. The first attempt has none of its own while it may remain the only one: the call's span is current during it,
 * and it is told afterwards where another follows. Used by one thread at a time.
 */
final class CallSpans implements CallTrace {
    /** A shorter wait is none. */
    private static final long LEAST_WAIT = TimeUnit.MILLISECONDS.toNanos(1);

    private static final String WAIT = "wait";

    private final Tracer tracer;
    private final SpanClock clock;
    private final CallShapes.Shape shape;
    private final Span span;
    private final Context context;

    private int attempts;
    private @Nullable Scope scope;
    /** What the last attempt failed with, and how long it took. */
    private @Nullable Kind failure;

    private long tookNanos;
    /** The span of a repeated attempt. */
    private @Nullable Span repeat;

    CallSpans(Tracer tracer, SpanClock clock, CallShapes.Shape shape, Span span, Context context) {
        this.tracer = tracer;
        this.clock = clock;
        this.shape = shape;
        this.span = span;
        this.context = context;
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // Closed by attemptLeft.
    public void attemptBegan(int attempt, long waitedNanos) {
        if (waitedNanos > LEAST_WAIT) {
            waited(waitedNanos);
        }
        attempts = attempt;
        scope = attempt == 1 ? context.makeCurrent() : repeated(waitedNanos).makeCurrent();
    }

    private Context repeated(long waitedNanos) {
        if (attempts == 2 && failure != null) {
            tellFirst(failure, tookNanos, waitedNanos);
        }
        leaveNotOpen();
        Span span = child().setAttribute(SpanKeys.RESEND_COUNT, attempts - 1L).startSpan();
        repeat = span;
        return context.with(span);
    }

    private void tellFirst(Kind failure, long tookNanos, long waitedNanos) {
        long ended = clock.epochNanos() - waitedNanos;
        Span told = child().setStartTimestamp(ended - tookNanos, TimeUnit.NANOSECONDS)
                .startSpan();
        fail(told, failure);
        told.end(ended, TimeUnit.NANOSECONDS);
    }

    private SpanBuilder child() {
        return tracer.spanBuilder(shape.operation())
                .setParent(context)
                .setSpanKind(SpanKind.CLIENT)
                .setAllAttributes(shape.attributes());
    }

    private void waited(long nanos) {
        long end = clock.epochNanos();
        tracer.spanBuilder(WAIT)
                .setParent(context)
                .setStartTimestamp(end - nanos, TimeUnit.NANOSECONDS)
                .startSpan()
                .end(end, TimeUnit.NANOSECONDS);
    }

    @Override
    public void attemptLeft(int attempt) {
        if (scope != null) {
            scope.close();
        }
    }

    @Override
    public void attemptSucceeded(int attempt) {
        if (attempt == attempts) {
            leaveNotOpen();
        }
    }

    @Override
    public void attemptFailed(int attempt, Kind failure, long tookNanos) {
        if (attempt != attempts) {
            return;
        }
        this.failure = failure;
        this.tookNanos = tookNanos;
        if (repeat != null) {
            fail(repeat, failure);
            leaveNotOpen();
        }
    }

    @Override
    public void succeeded() {
        ended();
    }

    @Override
    public void failed(Kind failure, long waitedNanos) {
        if (waitedNanos > LEAST_WAIT) {
            waited(waitedNanos);
        }
        fail(span, failure);
        ended();
    }

    private void ended() {
        if (attempts != 1) {
            span.setAttribute(SpanKeys.ATTEMPTS, (long) attempts);
        }
        leaveNotOpen();
        span.end();
    }

    /** An attempt that was broken may never end by itself. */
    private void leaveNotOpen() {
        if (repeat != null) {
            repeat.end();
            repeat = null;
        }
    }

    private static void fail(Span span, Kind failure) {
        span.setStatus(StatusCode.ERROR);
        span.setAttribute(SpanKeys.ERROR_TYPE, EnumWords.of(failure));
    }
}
