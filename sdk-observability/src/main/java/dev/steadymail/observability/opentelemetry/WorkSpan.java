package dev.steadymail.observability.opentelemetry;

import dev.steadymail.event.ClientEvent;
import dev.steadymail.event.ClientEvent.CacheEvent;
import dev.steadymail.event.ClientEvent.SendEvent;
import dev.steadymail.event.ClientEvent.SyncEvent;
import dev.steadymail.event.WorkTrace;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.observability.EnumWords;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/**
 * The span of work that is made of calls.
 *
 * @param scope closed where the work ends, on the thread on which it began
 */
record WorkSpan(Span span, Scope scope) implements WorkTrace {
    /** Makes it current on this thread, so that the calls of the work are its children. */
    @SuppressWarnings("MustBeClosedChecker") // Closed by ended(ClientEvent).
    static WorkSpan current(Span span) {
        return new WorkSpan(span, span.makeCurrent());
    }

    @Override
    public void ended(ClientEvent event) {
        scope.close();
        if (event instanceof SyncEvent sync) {
            tell(sync);
        } else if (event instanceof CacheEvent cache) {
            tell(cache);
        } else if (event instanceof SendEvent send) {
            tell(send);
        }
        span.end();
    }

    private void tell(SyncEvent sync) {
        span.setAttribute(SpanKeys.SYNC_MODE, EnumWords.of(sync.mode()));
        span.setAttribute(SpanKeys.SYNC_CREATED, sync.created());
        span.setAttribute(SpanKeys.SYNC_UPDATED, sync.updated());
        span.setAttribute(SpanKeys.SYNC_DESTROYED, sync.destroyed());
        span.setAttribute(SpanKeys.SYNC_RECOVERED, sync.recovered());
        span.setAttribute(SpanKeys.SYNC_PARKED, sync.parked());
        fail(sync.failure());
    }

    private void tell(CacheEvent cache) {
        span.setAttribute(SpanKeys.CACHE_SUBJECT, EnumWords.of(cache.subject()));
        span.setAttribute(SpanKeys.CACHE_HITS, (long) cache.hits());
        span.setAttribute(SpanKeys.CACHE_SHARED_HITS, (long) cache.sharedHits());
        span.setAttribute(SpanKeys.CACHE_SOURCED, (long) cache.sourced());
        span.setAttribute(SpanKeys.CACHE_LOADS, (long) cache.loads());
        span.setAttribute(SpanKeys.CACHE_STALE, (long) cache.stale());
        fail(cache.failure());
    }

    private void tell(SendEvent send) {
        span.setAttribute(SpanKeys.SEND_OUTCOME, EnumWords.of(send.outcome()));
        span.setAttribute(SpanKeys.ATTEMPTS, (long) send.attempts());
        fail(send.failure());
    }

    private void fail(@Nullable Kind failure) {
        if (failure != null) {
            span.setStatus(StatusCode.ERROR);
            span.setAttribute(SpanKeys.ERROR_TYPE, EnumWords.of(failure));
        }
    }
}
