package dev.steadymail.cache;

import dev.steadymail.event.ClientEvent.CacheEvent;
import dev.steadymail.event.ClientEvent.CacheEvent.Subject;
import dev.steadymail.event.Telemetry;
import dev.steadymail.event.Tracing;
import dev.steadymail.event.WorkTrace;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells of reads through a cache: one event for each, and what goes beneath memory is followed. A read that is part of another one on
 * the same thread, such as the emails of a list, has an event of its own. Thread-safe.
 */
final class ToldReads {
    private static final ThreadLocal<Tally> CURRENT = new ThreadLocal<>();

    private final Telemetry telemetry;
    private final CacheTime time;

    ToldReads(Telemetry telemetry, CacheTime time) {
        this.telemetry = telemetry;
        this.time = time;
    }

    /** Returns what tells of reads, or null where nobody would hear. */
    static @Nullable ToldReads of(Telemetry telemetry, CacheTime time) {
        return telemetry.isOn() ? new ToldReads(telemetry, time) : null;
    }

    /**
     * Reads, and tells of it.
     *
     * @param asked how many things are asked for
     */
    <T> T read(CachedKind kind, int asked, Supplier<T> read) {
        Tally outer = CURRENT.get();
        Tally mine = new Tally(this, kind, asked, time.nanos());
        CURRENT.set(mine);
        Kind failure = Kind.PROTOCOL;
        try {
            T answer = read.get();
            failure = null;
            return answer;
        } catch (MailException thrown) {
            failure = thrown.kind();
            throw thrown;
        } finally {
            if (outer == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(outer);
            }
            ended(mine, failure);
        }
    }

    private void ended(Tally tally, @Nullable Kind failure) {
        WorkTrace trace = tally.trace;
        if (trace == null && !telemetry.isHeard()) {
            return;
        }
        CacheEvent event = event(tally, failure);
        telemetry.tell(event);
        if (trace != null) {
            trace.ended(event);
        }
    }

    private CacheEvent event(Tally tally, @Nullable Kind failure) {
        int rest = failure == null ? tally.misses - tally.sharedHits - tally.sourced - tally.stale : 0;
        return new CacheEvent(
                telemetry.now(),
                telemetry.account(),
                telemetry.protocol(),
                subject(tally.kind),
                Math.max(0, tally.asked - tally.misses),
                tally.sharedHits,
                tally.sourced,
                Math.max(0, rest),
                tally.stale,
                Duration.ofNanos(time.nanos() - tally.began),
                failure);
    }

    private static Subject subject(CachedKind kind) {
        return switch (kind) {
            case MAILBOXES -> Subject.MAILBOXES;
            case LIST -> Subject.LIST;
            case EMAIL -> Subject.EMAIL;
            case THREAD -> Subject.THREAD;
            case CONTENT -> Subject.CONTENT;
        };
    }

    /** Memory has no answer to one of the things that were asked for. */
    void missed(CachedKind kind) {
        Tally tally = tally(kind);
        if (tally != null) {
            tally.misses++;
            if (tally.trace == null) {
                tally.trace = telemetry.work(Tracing.Work.CACHE);
            }
        }
    }

    /** The level that processes share had one of them. */
    void sharedHit(CachedKind kind) {
        Tally tally = tally(kind);
        if (tally != null) {
            tally.sharedHits++;
        }
    }

    /** The application knew one of them from elsewhere. */
    void sourced(CachedKind kind) {
        Tally tally = tally(kind);
        if (tally != null) {
            tally.sourced++;
        }
    }

    /** Some were answered from memory after all, although they are old. */
    void stale(CachedKind kind, int things) {
        Tally tally = tally(kind);
        if (tally != null) {
            tally.stale += things;
        }
    }

    /** Returns what the read on this thread has come to, null for one that nobody waits for. */
    private @Nullable Tally tally(CachedKind kind) {
        Tally tally = CURRENT.get();
        return tally == null || tally.of != this || tally.kind != kind ? null : tally;
    }

    /** What one read has come to so far. Used by its thread alone. */
    private static final class Tally {
        private final ToldReads of;
        private final CachedKind kind;
        private final int asked;
        private final long began;
        private int misses;
        private int sharedHits;
        private int sourced;
        private int stale;
        private @Nullable WorkTrace trace;

        Tally(ToldReads of, CachedKind kind, int asked, long began) {
            this.of = of;
            this.kind = kind;
            this.asked = asked;
            this.began = began;
        }
    }
}
