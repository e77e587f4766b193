package dev.steadymail.guard;

import dev.steadymail.event.ClientEvent;
import dev.steadymail.event.ClientEvent.CircuitEvent;
import dev.steadymail.event.ClientEvent.ErrorEvent;
import dev.steadymail.event.ClientEvent.LimitEvent;
import dev.steadymail.event.ClientEvent.RequestEvent;
import dev.steadymail.event.ClientEvent.RetryEvent;
import dev.steadymail.event.ClientEvent.ThrottleEvent;
import dev.steadymail.event.Telemetry;
import dev.steadymail.mail.Lane;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Reach;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tells the listener what happens to one account; only made where there is a listener. Guarded by the gate's lock. */
final class Announcements {
    private static final Lane[] LANES = Lane.values();

    private final Telemetry telemetry;
    private final GuardClock clock;
    private final Afterwards afterwards;

    Announcements(Telemetry telemetry, GuardClock clock, Afterwards afterwards) {
        this.telemetry = telemetry;
        this.clock = clock;
        this.afterwards = afterwards;
    }

    /** Returns the event of an attempt, which is not told yet. */
    RequestEvent attempt(Attempted attempted, @Nullable Kind failure, long now) {
        Cancellation flight = attempted.flight();
        return new RequestEvent(
                at(now),
                telemetry.account(),
                telemetry.protocol(),
                attempted.request().operation(),
                LANES[flight.lane()],
                attempted.attempt(),
                flight.actualUnits(),
                Duration.ofNanos(attempted.waited()),
                Duration.ofNanos(now - flight.startedAt()),
                attempted.queued(),
                failure);
    }

    void retry(Ticket ticket, MailException failure, long until, long now) {
        tell(new RetryEvent(
                at(now),
                telemetry.account(),
                telemetry.protocol(),
                ticket.request.operation(),
                ticket.lane,
                ticket.attempts(),
                Duration.ofNanos(until - now),
                failure.kind()));
    }

    void error(Ticket ticket, MailException failure, long now) {
        tell(new ErrorEvent(
                at(now),
                telemetry.account(),
                telemetry.protocol(),
                ticket.request.operation(),
                ticket.lane,
                failure.kind(),
                failure.attempts(),
                Duration.ofNanos(now - ticket.since)));
    }

    void throttle(Reach reach, Kind kind, long until, boolean stated, int maxInFlight, long now) {
        tell(new ThrottleEvent(
                at(now),
                telemetry.account(),
                telemetry.protocol(),
                reach,
                kind,
                clock.instantOf(until, now),
                stated,
                maxInFlight));
    }

    void circuit(Reach reach, int number, Circuit circuit, long now) {
        CircuitState state = circuit.state(now);
        CircuitCause cause = circuit.cause(now);
        Instant until = state == CircuitState.OPEN ? clock.instantOf(circuit.openUntil(), now) : null;
        tell(new CircuitEvent(
                at(now),
                telemetry.account(),
                telemetry.protocol(),
                reach,
                number,
                told(state),
                cause == null ? null : told(cause),
                until));
    }

    void limit(QuotaMeter meter, long now) {
        Ledger.Balance balance = meter.balance(clock, now);
        tell(new LimitEvent(
                at(now),
                telemetry.account(),
                telemetry.protocol(),
                balance.limit().name(),
                balance.used(),
                balance.limit().units()));
    }

    private Instant at(long now) {
        return clock.stamp(now);
    }

    void tell(ClientEvent event) {
        afterwards.add(() -> telemetry.tell(event));
    }

    void tellNow(ClientEvent event) {
        telemetry.tell(event);
    }

    private static CircuitEvent.State told(CircuitState state) {
        return switch (state) {
            case CLOSED -> CircuitEvent.State.CLOSED;
            case OPEN -> CircuitEvent.State.OPEN;
            case HALF_OPEN -> CircuitEvent.State.HALF_OPEN;
        };
    }

    private static CircuitEvent.Cause told(CircuitCause cause) {
        return cause == CircuitCause.THROTTLED ? CircuitEvent.Cause.THROTTLED : CircuitEvent.Cause.FAILING;
    }

    /**
     * An attempt that ended.
     *
     * @param attempt 1 for the first
     * @param waited how long the call had waited for it, in nanoseconds
     * @param queued how many calls of the account wait now
     */
    record Attempted(Request request, Cancellation flight, int attempt, long waited, int queued) {}
}
