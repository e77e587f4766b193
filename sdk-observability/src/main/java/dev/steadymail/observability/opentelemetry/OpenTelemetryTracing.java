package dev.steadymail.observability.opentelemetry;

import dev.steadymail.event.CallTrace;
import dev.steadymail.event.Tracing;
import dev.steadymail.event.WorkTrace;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.Protocol;
import dev.steadymail.observability.AccountNames;
import dev.steadymail.observability.EnumWords;
import dev.steadymail.observability.OperationNames;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes spans of what clients do. A call is one span, with a child for each time it waited for more than a millisecond, and one for each
 * attempt where there was more than one; runs of a sync, reads through a cache and steps of an outbox are spans whose children are the
 * calls that they made. Spans join the context of the thread that called. They hold figures, and names that the SDK gives; no account
 * unless {@linkplain #withAccounts asked for}. Immutable and thread-safe.
 */
public final class OpenTelemetryTracing implements Tracing {
    private static final String SCOPE = "dev.steadymail";
    /** W3C's field for what an application carries along: names of users, for example, which are nobody else's business. */
    private static final String BAGGAGE = "baggage";

    private static final TextMapSetter<BiConsumer<String, String>> SETTER = (header, name, value) -> {
        if (header != null && !name.equalsIgnoreCase(BAGGAGE)) {
            header.accept(name, value);
        }
    };

    private final Tracer tracer;
    private final TextMapPropagator propagator;
    private final SpanClock clock;
    private final CallShapes shapes;
    private final @Nullable AccountNames accounts;

    private OpenTelemetryTracing(
            Tracer tracer,
            TextMapPropagator propagator,
            SpanClock clock,
            CallShapes shapes,
            @Nullable AccountNames accounts) {
        this.tracer = tracer;
        this.propagator = propagator;
        this.clock = clock;
        this.shapes = shapes;
        this.accounts = accounts;
    }

    /**
     * Returns what makes spans.
     *
     * @param telemetry makes and exports spans, and writes their context into requests by its propagators
     */
    public static OpenTelemetryTracing of(OpenTelemetry telemetry) {
        return of(telemetry, SpanClock.SYSTEM);
    }

    static OpenTelemetryTracing of(OpenTelemetry telemetry, SpanClock clock) {
        return new OpenTelemetryTracing(
                telemetry.getTracer(SCOPE),
                telemetry.getPropagators().getTextMapPropagator(),
                clock,
                new CallShapes(OperationNames.STANDARD),
                null);
    }

    /** Returns the same that tells other operations by their names. */
    public OpenTelemetryTracing withOperations(OperationNames operations) {
        return new OpenTelemetryTracing(tracer, propagator, clock, new CallShapes(operations), accounts);
    }

    /** Returns the same that also tells accounts, by names that stand for them. */
    public OpenTelemetryTracing withAccounts(AccountNames accounts) {
        return new OpenTelemetryTracing(tracer, propagator, clock, shapes, accounts);
    }

    @Override
    public CallTrace call(AccountId account, Protocol protocol, String operation, Lane lane) {
        CallShapes.Shape shape = shapes.of(protocol, operation, lane);
        Context parent = Context.current();
        Span span = begun(
                tracer.spanBuilder(shape.operation())
                        .setParent(parent)
                        .setSpanKind(SpanKind.CLIENT)
                        .setAllAttributes(shape.attributes()),
                account);
        return new CallSpans(tracer, clock, shape, span, parent.with(span));
    }

    @Override
    public WorkTrace work(Work work, AccountId account, Protocol protocol) {
        SpanBuilder builder = tracer.spanBuilder(EnumWords.of(work))
                .setSpanKind(SpanKind.INTERNAL)
                .setAttribute(SpanKeys.PROTOCOL, EnumWords.of(protocol));
        return WorkSpan.current(begun(builder, account));
    }

    private Span begun(SpanBuilder builder, AccountId account) {
        if (accounts != null) {
            builder.setAttribute(SpanKeys.ACCOUNT, accounts.of(account, clock.now()));
        }
        return builder.startSpan();
    }

    @Override
    public Executor carrying(Executor executor) {
        return Context.taskWrapping(executor);
    }

    @Override
    public void headers(BiConsumer<String, String> header) {
        propagator.inject(Context.current(), header, SETTER);
    }
}
