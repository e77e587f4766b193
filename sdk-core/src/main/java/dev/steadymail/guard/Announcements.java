package dev.steadymail.guard;

import dev.steadymail.event.ClientEvent;
import dev.steadymail.event.ClientEvent.CircuitEvent;
import dev.steadymail.event.ClientEvent.ErrorEvent;
import dev.steadymail.event.ClientEvent.LimitEvent;
import dev.steadymail.event.ClientEvent.RequestEvent;
import dev.steadymail.event.ClientEvent.RetryEvent;
import dev.steadymail.event.ClientEvent.ThrottleEvent;
import dev.steadymail.event.ClientEventListener;
import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Reach;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listener what happens to one account; only made where there is a listener. Guarded by the gate's lock. */
final class Announcements {
    private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

    private static final Lane[] LANES = Lane.values();

    private final AccountId account;
    private final ClientEventListener listener;
    private final GuardClock clock;
    private final Afterwards afterwards;

    Announcements(AccountId account, ClientEventListener listener, GuardClock clock, Afterwards afterwards) {
        this.account = account;
        this.listener = listener;
        this.clock = clock;
        this.afterwards = afterwards;
    }

    void attempt(Request request, Cancellation flight, int attempt, long waited, @Nullable Kind failure, long now) {
        tell(new RequestEvent(
                at(now),
                account,
                request.operation(),
                LANES[flight.lane()],
                attempt,
                flight.actualUnits(),
                Duration.ofNanos(waited),
                Duration.ofNanos(now - flight.startedAt()),
                failure));
    }

    void retry(Ticket ticket, MailException failure, long until, long now) {
        tell(new RetryEvent(
                at(now),
                account,
                ticket.request.operation(),
                ticket.attempts(),
                Duration.ofNanos(until - now),
                failure.kind()));
    }

    void error(Ticket ticket, MailException failure, long now) {
        tell(new ErrorEvent(
                at(now), account, ticket.request.operation(), ticket.lane, failure.kind(), failure.attempts()));
    }

    void throttle(Reach reach, Kind kind, long until, boolean stated, int maxInFlight, long now) {
        tell(new ThrottleEvent(at(now), account, reach, kind, clock.instantOf(until, now), stated, maxInFlight));
    }

    void circuit(Reach reach, Circuit circuit, long now) {
        CircuitState state = circuit.state(now);
        CircuitCause cause = circuit.cause(now);
        Instant until = state == CircuitState.OPEN ? clock.instantOf(circuit.openUntil(), now) : null;
        tell(new CircuitEvent(at(now), account, reach, state.name(), cause == null ? null : cause.name(), until));
    }

    void limit(QuotaMeter meter, long now) {
        Ledger.Balance balance = meter.balance(clock, now);
        tell(new LimitEvent(
                at(now),
                account,
                balance.limit().name(),
                balance.used(),
                balance.limit().units()));
    }

    private Instant at(long now) {
        return clock.instantOf(now, now);
    }

    private void tell(ClientEvent event) {
        afterwards.add(() -> deliver(event));
    }

    private void deliver(ClientEvent event) {
        try {
            listener.on(event);
        } catch (RuntimeException fault) {
            LOG.warn("A listener of client events failed; the event is lost", fault);
        }
    }
}
