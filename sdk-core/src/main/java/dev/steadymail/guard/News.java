package dev.steadymail.guard;

import dev.steadymail.event.ClientEvent;
import dev.steadymail.event.Telemetry;
import dev.steadymail.guard.Announcements.Attempted;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Reach;
import org.jspecify.annotations.Nullable;

/**
 * Passes on what changes: to the listener where there is one, and to other processes where limits are shared. Guarded by the gate's
 * lock; what is passed on leaves without it.
 */
final class News {
    private final Afterwards afterwards;
    private final @Nullable Announcements announcements;
    private final @Nullable SharedLink link;

    News(Guards.Shared common, Telemetry telemetry, @Nullable SharedLink link, Afterwards afterwards) {
        this.link = link;
        this.afterwards = afterwards;
        this.announcements = telemetry.isHeard() ? new Announcements(telemetry, common.clock(), afterwards) : null;
    }

    boolean isHeard() {
        return announcements != null;
    }

    /** The account's own circuit changed. */
    void circuitChanged(Circuit circuit, long now) {
        circuitChanged(Reach.ACCOUNT, 0, circuit, now);
    }

    /**
     * A circuit changed.
     *
     * @param number tells circuits that accounts share apart
     */
    void circuitChanged(Reach reach, int number, Circuit circuit, long now) {
        if (announcements != null) {
            announcements.circuit(reach, number, circuit, now);
        }
        Runnable message = link == null ? null : link.news(reach, circuit, now);
        if (message != null) {
            afterwards.add(message);
        }
    }

    void quotaHigh(QuotaMeter meter, long now) {
        if (announcements != null) {
            announcements.limit(meter, now);
        }
    }

    void paused(MailException failure, Reach reach, long until, int maxInFlight, long now) {
        if (announcements != null) {
            boolean stated = failure.retryAt().isPresent();
            Kind kind = failure.kind() == Kind.CONCURRENCY ? Kind.CONCURRENCY : Kind.THROTTLED;
            announcements.throttle(reach, kind, until, stated, maxInFlight, now);
        }
    }

    /** Returns what is to be told of it with {@link #tell} or {@link #tellNow}, or null where nobody listens. */
    @Nullable
    ClientEvent succeeded(Request request, Cancellation flight, int attempt, long waited, int queued, long now) {
        return announcements == null
                ? null
                : announcements.attempt(new Attempted(request, flight, attempt, waited, queued), null, now);
    }

    /** Tells an event after those that are to be told before it. */
    void tell(ClientEvent event) {
        if (announcements != null) {
            announcements.tell(event);
        }
    }

    /** Tells an event on this thread, which must not hold the gate's lock. */
    void tellNow(ClientEvent event) {
        if (announcements != null) {
            announcements.tellNow(event);
        }
    }

    void failed(Ticket ticket, Cancellation flight, Kind kind, int queued, long now) {
        if (announcements != null) {
            long waited = flight.startedAt() - ticket.waitingSince;
            Attempted attempted = new Attempted(ticket.request, flight, ticket.attempts(), waited, queued);
            announcements.tell(announcements.attempt(attempted, kind, now));
        }
    }

    void retried(Ticket ticket, MailException failure, long until, long now) {
        if (announcements != null) {
            announcements.retry(ticket, failure, until, now);
        }
    }

    void ended(Ticket ticket, MailException failure, long now) {
        if (announcements != null) {
            announcements.error(ticket, failure, now);
        }
    }
}
