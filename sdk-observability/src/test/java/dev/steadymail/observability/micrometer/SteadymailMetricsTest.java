package dev.steadymail.observability.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.steadymail.event.ClientEvent.CacheEvent;
import dev.steadymail.event.ClientEvent.CircuitEvent;
import dev.steadymail.event.ClientEvent.ErrorEvent;
import dev.steadymail.event.ClientEvent.LimitEvent;
import dev.steadymail.event.ClientEvent.RequestEvent;
import dev.steadymail.event.ClientEvent.RetryEvent;
import dev.steadymail.event.ClientEvent.SendEvent;
import dev.steadymail.event.ClientEvent.SyncEvent;
import dev.steadymail.event.ClientEvent.ThrottleEvent;
import dev.steadymail.event.ClientEvent.WatchingEvent;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Protocol;
import dev.steadymail.mail.Reach;
import dev.steadymail.observability.OperationNames;
import dev.steadymail.observability.events.EventBatcher;
import dev.steadymail.observability.export.InMemoryExporter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SteadymailMetricsTest {
    private static final AccountId ADA = new AccountId("ada@example.com");
    private static final String[] GMAIL = {"provider", "gmail"};

    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final SteadymailMetrics metrics = SteadymailMetrics.in(registry);

    @Test
    void requests_areTimedByProviderOperationLaneAndOutcome() {
        metrics.on(request("messages.get", Lane.DELTA, null));
        metrics.on(request("messages.get", Lane.DELTA, Kind.TIMEOUT));
        metrics.on(request("ada@example.com", Lane.DELTA, null));
        assertEquals(
                40, millis("steadymail.requests", "operation", "messages.get", "outcome", "success", "lane", "delta"));
        assertEquals(
                40, millis("steadymail.requests", "operation", "messages.get", "outcome", "timeout", "lane", "delta"));
        assertEquals(40, millis("steadymail.requests", "operation", "other", "outcome", "success", "lane", "delta"));
        assertEquals(21, millis("steadymail.request.wait", "provider", "gmail", "lane", "delta"));
        assertEquals(15, count("steadymail.quota.units", "provider", "gmail", "lane", "delta"));
        assertEquals(
                9,
                registry.get("steadymail.calls.waiting").tags(GMAIL).summary().totalAmount());
    }

    @Test
    void attemptThatStartsAtOnce_isNoWait() {
        Duration waited = Duration.ofNanos(999_999);
        metrics.on(new RequestEvent(
                now(), ADA, Protocol.GMAIL, "batch", Lane.SEND, 1, 5, waited, Duration.ofMillis(40), 0, null));
        assertEquals(
                0,
                registry.get("steadymail.request.wait")
                        .tags("provider", "gmail", "lane", "send")
                        .timer()
                        .count());
        assertEquals(
                0,
                registry.get("steadymail.calls.waiting").tags(GMAIL).summary().count());
    }

    @Test
    void retriesAndErrors_areCountedByReason() {
        metrics.on(new RetryEvent(
                now(), ADA, Protocol.GMAIL, "messages.get", Lane.DELTA, 1, Duration.ofSeconds(1), Kind.UNAVAILABLE));
        metrics.on(new ErrorEvent(
                now(), ADA, Protocol.IMAP, "UID FETCH", Lane.DELTA, Kind.AUTH, 3, Duration.ofSeconds(1)));
        assertEquals(1, count("steadymail.retries", "operation", "messages.get", "reason", "unavailable"));
        assertEquals(1, count("steadymail.errors", "provider", "imap", "operation", "UID FETCH", "kind", "auth"));
    }

    @Test
    void throttles_areCounted_withTheirPauses() {
        metrics.on(throttle(Kind.THROTTLED, 30));
        metrics.on(throttle(Kind.CONCURRENCY, 0));
        assertEquals(1, count("steadymail.throttles", "provider", "gmail", "reach", "project", "kind", "throttled"));
        assertEquals(1, count("steadymail.throttles", "provider", "gmail", "reach", "project", "kind", "concurrency"));
        assertEquals(30_000, millis("steadymail.throttle.pause", "provider", "gmail", "reach", "project"));
    }

    @Test
    void circuits_areOpenUntilTheyClose_eachAccountOnce() {
        metrics.on(circuit(ADA, CircuitEvent.State.OPEN, 60));
        metrics.on(circuit(ADA, CircuitEvent.State.HALF_OPEN, null));
        metrics.on(circuit(new AccountId("bob"), CircuitEvent.State.OPEN, 60));
        assertEquals(2, open());
        metrics.on(circuit(ADA, CircuitEvent.State.CLOSED, null));
        assertEquals(1, open());
        assertEquals(2, count("steadymail.circuit.changes", "provider", "gmail", "reach", "account", "state", "open"));
    }

    @Test
    void sharedCircuit_isOne_whoeverTellsOfIt() {
        metrics.on(shared(ADA, 1, CircuitEvent.State.OPEN));
        metrics.on(shared(ADA, 2, CircuitEvent.State.OPEN));
        metrics.on(shared(new AccountId("bob"), 1, CircuitEvent.State.HALF_OPEN));
        assertEquals(2, gauge("steadymail.circuits.open", "provider", "gmail", "reach", "host"));
        metrics.on(shared(new AccountId("carol"), 1, CircuitEvent.State.CLOSED));
        assertEquals(1, gauge("steadymail.circuits.open", "provider", "gmail", "reach", "host"));
    }

    private CircuitEvent shared(AccountId account, int circuit, CircuitEvent.State state) {
        return new CircuitEvent(now(), account, Protocol.GMAIL, Reach.HOST, circuit, state, null, null);
    }

    @Test
    void circuit_thatNobodyAsksAgain_isForgottenFiveMinutesAfterItsPause() {
        metrics.on(circuit(ADA, CircuitEvent.State.OPEN, 60));
        clock.add(Duration.ofMinutes(6));
        assertEquals(1, open());
        clock.add(Duration.ofSeconds(1));
        assertEquals(0, open());
    }

    @Test
    void openCircuits_beyondTheBound_areNotCounted_untilOthersClose() {
        for (int i = 0; i <= Standing.MOST; i++) {
            metrics.on(circuit(new AccountId("a" + i), CircuitEvent.State.OPEN, 60));
        }
        assertEquals(Standing.MOST, open());
        clock.add(Duration.ofMinutes(7));
        metrics.on(circuit(ADA, CircuitEvent.State.OPEN, 60));
        assertEquals(1, open());
    }

    @Test
    void limits_haveNamesThatAreKnown_orOther() {
        metrics.on(new LimitEvent(now(), ADA, Protocol.GMAIL, "user", 90, 100));
        metrics.on(new LimitEvent(now(), ADA, Protocol.GMAIL, "ada@example.com", 90, 100));
        assertEquals(1, count("steadymail.limits", "provider", "gmail", "limit", "user"));
        assertEquals(1, count("steadymail.limits", "provider", "gmail", "limit", "other"));
    }

    @Test
    void cacheAnswers_areCountedBySource() {
        metrics.on(new CacheEvent(
                now(), ADA, Protocol.GMAIL, CacheEvent.Subject.EMAIL, 1, 2, 3, 4, 5, Duration.ofMillis(6), null));
        List<String> sources = List.of("memory", "shared", "source", "provider", "stale");
        for (int i = 0; i < sources.size(); i++) {
            assertEquals(i + 1, count("steadymail.cache.answers", "subject", "email", "source", sources.get(i)));
        }
        assertEquals(6, millis("steadymail.cache.reads", "subject", "email", "outcome", "success"));
    }

    @Test
    void syncs_areTimed_theirChangesCounted_andParkedEmailsAreThoseOfTheLastThatEnded() {
        metrics.on(sync(ADA, 3, null));
        metrics.on(sync(new AccountId("bob"), 4, null));
        metrics.on(sync(ADA, 0, Kind.NETWORK));
        assertEquals(
                4_000, millis("steadymail.syncs", "provider", "gmail", "mode", "incremental", "outcome", "success"));
        assertEquals(
                2_000, millis("steadymail.syncs", "provider", "gmail", "mode", "incremental", "outcome", "network"));
        assertEquals(30, count("steadymail.sync.changes", "provider", "gmail", "change", "created"));
        assertEquals(3, count("steadymail.sync.changes", "provider", "gmail", "change", "recovered"));
        assertEquals(7, gauge("steadymail.sync.parked", GMAIL));
        metrics.on(sync(ADA, 0, null));
        assertEquals(4, gauge("steadymail.sync.parked", GMAIL));
        clock.add(Duration.ofHours(25));
        assertEquals(0, gauge("steadymail.sync.parked", GMAIL));
    }

    @Test
    void watches_areLostUntilTheyTellAgain_orEnd() {
        metrics.on(watching(WatchingEvent.News.LOST, Duration.ofMinutes(1)));
        assertEquals(1, gauge("steadymail.watches.lost", GMAIL));
        metrics.on(watching(WatchingEvent.News.CHANGED, null));
        assertEquals(1, gauge("steadymail.watches.lost", GMAIL), "another watch of the account may tell that");
        metrics.on(watching(WatchingEvent.News.WATCHING_ONE, null));
        assertEquals(0, gauge("steadymail.watches.lost", GMAIL));
        metrics.on(watching(WatchingEvent.News.LOST, Duration.ofMinutes(1)));
        clock.add(Duration.ofMinutes(7));
        assertEquals(0, gauge("steadymail.watches.lost", GMAIL));
        assertEquals(2, count("steadymail.watch.news", "provider", "gmail", "news", "lost"));
    }

    @Test
    void sends_areTimedByOutcome() {
        metrics.on(new SendEvent(
                now(), ADA, Protocol.SMTP, SendEvent.Outcome.UNKNOWN, 1, Duration.ofSeconds(3), Kind.NETWORK));
        assertEquals(3_000, millis("steadymail.sends", "provider", "smtp", "outcome", "unknown"));
    }

    @Test
    void eventsSentElsewhere_areReadWhereTheyAreCounted() {
        AtomicLong dropped = new AtomicLong();
        SimpleMeterRegistry other = new SimpleMeterRegistry();
        SteadymailMetrics with = SteadymailMetrics.builder()
                .events(new EventCounts(() -> 9, () -> 8, () -> 0, dropped::get))
                .build(other);
        dropped.set(7);
        assertEquals(7, other.get("steadymail.events.dropped").functionCounter().count(), with::toString);
        assertEquals(
                0, registry.get("steadymail.events.offered").functionCounter().count());
    }

    @Test
    void batcher_isReadWhereItCounts() {
        EventBatcher batcher = EventBatcher.to(new InMemoryExporter());
        EventCounts counts = EventCounts.of(batcher);
        SendEvent sent =
                new SendEvent(now(), ADA, Protocol.SMTP, SendEvent.Outcome.SENT, 1, Duration.ofSeconds(3), null);
        batcher.on(sent);
        assertTrue(batcher.flush(Duration.ofSeconds(60)));
        batcher.close();
        batcher.on(sent);
        assertEquals(
                List.of(2L, 1L, 0L, 1L),
                List.of(
                        counts.offered().getAsLong(),
                        counts.sent().getAsLong(),
                        counts.refused().getAsLong(),
                        counts.dropped().getAsLong()));
    }

    @Test
    void tags_areWordsOfTheTable_whateverHappens() {
        everythingOnce();
        for (Meter meter : registry.getMeters()) {
            if (meter.getId().syntheticAssociation() != null) {
                continue; // a bucket, which is a meter of its own in this registry
            }
            Metric metric = metric(meter.getId().getName());
            assertEquals(metric.tags().size(), meter.getId().getTags().size(), metric::meterName);
            for (var tag : metric.tags()) {
                assertTrue(
                        tag.words(OperationNames.STANDARD)
                                .contains(meter.getId().getTag(tag.key())),
                        metric::meterName);
            }
        }
    }

    @Test
    void rows_areFew() {
        List<Metric> large = List.of(Metric.REQUESTS, Metric.RETRIES, Metric.ERRORS);
        for (Metric metric : Metric.values()) {
            int most = large.contains(metric) ? 20_000 : 260;
            assertTrue(metric.rows(OperationNames.STANDARD) <= most, metric::meterName);
        }
        int shown = registry.getMeters().size();
        assertTrue(shown < 400, () -> "meters before anything happened: " + shown);
    }

    /** All that can be told of requests makes no more rows than the table says. */
    @Test
    void requestsOfEveryKind_stayWithinTheBound() {
        SimpleMeterRegistry all = new SimpleMeterRegistry();
        SteadymailMetrics few =
                SteadymailMetrics.builder().requestBuckets(List.of()).build(all);
        for (String operation : List.of("UID FETCH", "messages.get", "x", "y")) {
            for (Protocol protocol : Protocol.values()) {
                for (Lane lane : Lane.values()) {
                    few.on(request(protocol, operation, lane, null));
                    for (Kind kind : Kind.values()) {
                        few.on(request(protocol, operation, lane, kind));
                    }
                }
            }
        }
        assertEquals(
                3 * 4 * 4 * (Kind.values().length + 1),
                all.find("steadymail.requests").meters().size());
        assertFalse(all.getMeters().stream()
                .anyMatch(meter -> meter.getId().getTags().contains(Tag.of("operation", "x"))));
    }

    @Test
    void request_allocatesNothing_whenItsMetersAreThere() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        RequestEvent event = request("messages.get", Lane.DELTA, null);
        int rounds = 20_000;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int j = 0; j < rounds; j++) {
                metrics.on(event);
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        long octets = least;
        assertTrue(octets < rounds, () -> octets + " octets for " + rounds + " events");
    }

    @Test
    void buckets_areFewAndAscend() {
        SteadymailMetrics.Builder builder = SteadymailMetrics.builder();
        Duration second = Duration.ofSeconds(1);
        assertThrows(IllegalArgumentException.class, () -> builder.requestBuckets(List.of(second, second)));
        assertThrows(IllegalArgumentException.class, () -> builder.syncBuckets(List.of(Duration.ZERO)));
        List<Duration> many = java.util.stream.LongStream.rangeClosed(1, 21)
                .mapToObj(Duration::ofSeconds)
                .toList();
        assertThrows(IllegalArgumentException.class, () -> builder.syncBuckets(many));
    }

    private void everythingOnce() {
        metrics.on(request("messages.get", Lane.DELTA, Kind.TIMEOUT));
        metrics.on(throttle(Kind.THROTTLED, 30));
        metrics.on(circuit(ADA, CircuitEvent.State.OPEN, 60));
        metrics.on(new LimitEvent(now(), ADA, Protocol.OTHER, "shared", 0, 0));
        metrics.on(sync(ADA, 3, Kind.STORAGE));
        metrics.on(watching(WatchingEvent.News.LOST, null));
        metrics.on(new ErrorEvent(now(), ADA, Protocol.IMAP, "ada", Lane.DELTA, Kind.AUTH, 3, Duration.ZERO));
        metrics.on(new RetryEvent(now(), ADA, Protocol.IMAP, "ada", Lane.DELTA, 1, Duration.ZERO, Kind.NETWORK));
        metrics.on(new SendEvent(now(), ADA, Protocol.SMTP, SendEvent.Outcome.SENT, 1, Duration.ZERO, null));
        metrics.on(new CacheEvent(
                now(), ADA, Protocol.IMAP, CacheEvent.Subject.LIST, 0, 0, 0, 1, 0, Duration.ZERO, Kind.NETWORK));
    }

    private static Metric metric(String name) {
        return List.of(Metric.values()).stream()
                .filter(metric -> metric.meterName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.wallTime());
    }

    private RequestEvent request(String operation, Lane lane, @Nullable Kind failure) {
        return request(Protocol.GMAIL, operation, lane, failure);
    }

    private RequestEvent request(Protocol protocol, String operation, Lane lane, @Nullable Kind failure) {
        Duration waited = Duration.ofMillis(7);
        return new RequestEvent(now(), ADA, protocol, operation, lane, 1, 5, waited, Duration.ofMillis(40), 3, failure);
    }

    private ThrottleEvent throttle(Kind kind, int seconds) {
        return new ThrottleEvent(now(), ADA, Protocol.GMAIL, Reach.PROJECT, kind, now().plusSeconds(seconds), true, 4);
    }

    private CircuitEvent circuit(AccountId account, CircuitEvent.State state, @Nullable Integer seconds) {
        Instant until = seconds == null ? null : now().plusSeconds(seconds);
        return new CircuitEvent(now(), account, Protocol.GMAIL, Reach.ACCOUNT, 0, state, null, until);
    }

    private SyncEvent sync(AccountId account, long parked, @Nullable Kind failure) {
        return new SyncEvent(
                now(),
                account,
                Protocol.GMAIL,
                SyncEvent.Mode.INCREMENTAL,
                10,
                0,
                0,
                1,
                parked,
                Duration.ofSeconds(2),
                failure);
    }

    private WatchingEvent watching(WatchingEvent.News news, @Nullable Duration retryIn) {
        return new WatchingEvent(now(), ADA, Protocol.GMAIL, news, retryIn, null);
    }

    private double open() {
        return gauge("steadymail.circuits.open", "provider", "gmail", "reach", "account");
    }

    private double gauge(String name, String... tags) {
        return registry.get(name).tags(tags).gauge().value();
    }

    private double count(String name, String... tags) {
        return registry.get(name).tags(tags).counter().count();
    }

    private long millis(String name, String... tags) {
        return Math.round(registry.get(name).tags(tags).timer().totalTime(TimeUnit.MILLISECONDS));
    }
}
