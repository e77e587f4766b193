package dev.steadymail.observability.opentelemetry;

import io.opentelemetry.api.common.AttributeKey;

/** The names of attributes. The first two are of OpenTelemetry's conventions for HTTP clients. */
final class SpanKeys {
    static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
    static final AttributeKey<Long> RESEND_COUNT = AttributeKey.longKey("http.request.resend_count");

    static final AttributeKey<String> PROTOCOL = AttributeKey.stringKey("steadymail.protocol");
    static final AttributeKey<String> OPERATION = AttributeKey.stringKey("steadymail.operation");
    static final AttributeKey<String> LANE = AttributeKey.stringKey("steadymail.lane");
    static final AttributeKey<Long> ATTEMPTS = AttributeKey.longKey("steadymail.attempts");
    static final AttributeKey<String> ACCOUNT = AttributeKey.stringKey("steadymail.account");

    static final AttributeKey<String> SYNC_MODE = AttributeKey.stringKey("steadymail.sync.mode");
    static final AttributeKey<Long> SYNC_CREATED = AttributeKey.longKey("steadymail.sync.created");
    static final AttributeKey<Long> SYNC_UPDATED = AttributeKey.longKey("steadymail.sync.updated");
    static final AttributeKey<Long> SYNC_DESTROYED = AttributeKey.longKey("steadymail.sync.destroyed");
    static final AttributeKey<Long> SYNC_RECOVERED = AttributeKey.longKey("steadymail.sync.recovered");
    static final AttributeKey<Long> SYNC_PARKED = AttributeKey.longKey("steadymail.sync.parked");

    static final AttributeKey<String> CACHE_SUBJECT = AttributeKey.stringKey("steadymail.cache.subject");
    static final AttributeKey<Long> CACHE_HITS = AttributeKey.longKey("steadymail.cache.hits");
    static final AttributeKey<Long> CACHE_SHARED_HITS = AttributeKey.longKey("steadymail.cache.shared_hits");
    static final AttributeKey<Long> CACHE_SOURCED = AttributeKey.longKey("steadymail.cache.sourced");
    static final AttributeKey<Long> CACHE_LOADS = AttributeKey.longKey("steadymail.cache.loads");
    static final AttributeKey<Long> CACHE_STALE = AttributeKey.longKey("steadymail.cache.stale");

    static final AttributeKey<String> SEND_OUTCOME = AttributeKey.stringKey("steadymail.send.outcome");

    private SpanKeys() {}
}
