package dev.steadymail.observability.micrometer;

import dev.steadymail.event.ClientEvent.CacheEvent;
import dev.steadymail.event.ClientEvent.SendEvent;
import dev.steadymail.event.ClientEvent.SyncEvent;
import dev.steadymail.event.ClientEvent.WatchingEvent;
import dev.steadymail.event.ClientEvent.WatchingEvent.News;
import dev.steadymail.mail.Protocol;
import dev.steadymail.mail.Reach;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** What is measured of caches, syncs, watches and sending. Thread-safe. */
final class MailMeters {
    /** An account that nobody synced for so long is nobody's care any more. */
    private static final Duration PARKED_COUNT = Duration.ofDays(1);
    /** A watch that tells nothing for so long after it was to be tried again has ended. */
    private static final Duration LOST_COUNT = Duration.ofMinutes(5);

    private final MeterGrid<Counter> answers;
    private final MeterGrid<Timer> reads;
    private final MeterGrid<Timer> syncs;
    private final MeterGrid<Counter> changes;
    private final MeterGrid<Counter> news;
    private final MeterGrid<Timer> sends;
    private final Standing parked;
    private final Standing lost;

    MailMeters(Meters meters) {
        this.answers = meters.counters(Metric.CACHE_ANSWERS);
        this.reads = meters.timers(Metric.CACHE_READS);
        this.syncs = meters.timers(Metric.SYNCS);
        this.changes = meters.counters(Metric.SYNC_CHANGES);
        this.news = meters.counters(Metric.WATCH_NEWS);
        this.sends = meters.timers(Metric.SENDS);
        this.parked = new Standing(meters.registry().config().clock()::wallTime);
        this.lost = new Standing(meters.registry().config().clock()::wallTime);
        for (Protocol protocol : Protocol.values()) {
            meters.gauge(Metric.SYNC_PARKED, parked, protocol, Reach.ACCOUNT);
            meters.gauge(Metric.WATCHES_LOST, lost, protocol, Reach.ACCOUNT);
        }
    }

    void cache(CacheEvent event) {
        int subject = event.subject().ordinal();
        add(answers, subject, 0, event.hits());
        add(answers, subject, 1, event.sharedHits());
        add(answers, subject, 2, event.sourced());
        add(answers, subject, 3, event.loads());
        add(answers, subject, 4, event.stale());
        reads.at(subject, RequestMeters.outcome(event.failure()))
                .record(event.latency().toNanos(), TimeUnit.NANOSECONDS);
    }

    void sync(SyncEvent event) {
        int protocol = event.protocol().ordinal();
        syncs.at(protocol, event.mode().ordinal(), RequestMeters.outcome(event.failure()))
                .record(event.elapsed().toNanos(), TimeUnit.NANOSECONDS);
        add(changes, protocol, 0, event.created());
        add(changes, protocol, 1, event.updated());
        add(changes, protocol, 2, event.destroyed());
        add(changes, protocol, 3, event.recovered());
        if (event.failure() == null) {
            park(event);
        }
    }

    private void park(SyncEvent event) {
        Standing.Key key = new Standing.Key(event.account(), event.protocol(), Reach.ACCOUNT);
        if (event.parked() == 0) {
            parked.remove(key);
        } else {
            parked.put(key, event.parked(), event.at().plus(PARKED_COUNT).toEpochMilli());
        }
    }

    void watching(WatchingEvent event) {
        news.at(event.protocol().ordinal(), event.news().ordinal()).increment();
        Standing.Key key = new Standing.Key(event.account(), event.protocol(), Reach.ACCOUNT);
        if (event.news() == News.LOST) {
            Instant again = event.retryIn() == null ? event.at() : event.at().plus(event.retryIn());
            lost.put(key, 1, again.plus(LOST_COUNT).toEpochMilli());
        } else if (event.news() != News.CHANGED) {
            // Another watch of the account may tell changes.
            lost.remove(key);
        }
    }

    void send(SendEvent event) {
        sends.at(event.protocol().ordinal(), event.outcome().ordinal())
                .record(event.elapsed().toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void add(MeterGrid<Counter> counters, int first, int second, long amount) {
        if (amount > 0) {
            counters.at(first, second).increment((double) amount);
        }
    }
}
