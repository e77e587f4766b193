package dev.steadymail.guard;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Reach;
import java.time.Duration;
import java.time.Instant;

/**
 * What the end of an attempt means for the circuits, and for how much may be in flight. Guarded by the gate's lock.
 */
final class Outcomes {
    private static final long CONCURRENCY_PAUSE = Duration.ofMillis(500).toNanos();

    private final Admission admission;
    private final GuardClock clock;
    private final Traffic traffic;
    private final News news;
    private final Afterwards afterwards;
    private final long longEnough;

    Outcomes(
            Admission admission,
            GuardSettings settings,
            GuardClock clock,
            Traffic traffic,
            News news,
            Afterwards afterwards) {
        this.admission = admission;
        this.clock = clock;
        this.traffic = traffic;
        this.news = news;
        this.afterwards = afterwards;
        this.longEnough = settings.attemptTimeout().toNanos() / 2;
    }

    void success(Cancellation flight, long now) {
        if (admission.circuit.success(flight.startedAt())) {
            news.circuitChanged(admission.circuit, now);
        }
        tellScopes(Health.GOOD, flight, now);
        admission.places.success(now);
    }

    void failure(MailException failure, Cancellation flight, long now) {
        if (failure.retryAt().isPresent()) {
            hear(failure, flight, now);
        } else if (failure.kind() == Kind.THROTTLED) {
            throttle(failure, 0, flight.startedAt(), now);
        }
        if (failure.kind() == Kind.CONCURRENCY) {
            lowerPlaces(failure, flight, now);
        }
        health(Health.of(failure, hadItsTime(flight, now)), flight, now);
    }

    /** What a provider states counts even where nobody waits for the attempt any more. */
    void hear(MailException failure, Cancellation flight, long now) {
        Instant retryAt = failure.retryAt().orElse(null);
        if (retryAt != null) {
            throttle(failure, Math.max(1, clock.of(retryAt, now)), flight.startedAt(), now);
        }
    }

    /** An attempt was broken because it took too long. */
    void late(Cancellation flight, long now) {
        boolean cutShort = flight.endsWithDeadline() && !hadItsTime(flight, now);
        health(cutShort ? Health.UNKNOWN : Health.BAD, flight, now);
    }

    /** An attempt was broken because nobody waits for it any more. */
    void abandoned(Cancellation flight, long now) {
        health(Health.UNKNOWN, flight, now);
    }

    private boolean hadItsTime(Cancellation flight, long now) {
        return now - flight.startedAt() >= longEnough;
    }

    private void health(Health health, Cancellation flight, long now) {
        Circuit circuit = admission.circuit;
        boolean changed = false;
        switch (health) {
            case GOOD -> changed = circuit.success(flight.startedAt());
            case BAD -> changed = circuit.failure(flight.startedAt(), now);
            default -> circuit.neutral(flight.startedAt());
        }
        if (changed) {
            news.circuitChanged(circuit, now);
        }
        tellScopes(health, flight, now);
    }

    private void tellScopes(Health health, Cancellation flight, long now) {
        for (ScopeMember member : admission.shared) {
            if (member.scope.ended(member, health, flight.startedAt(), now)) {
                afterwards.add(member.scope::ring);
            }
        }
    }

    private void throttle(MailException failure, long until, long startedAt, long now) {
        for (ScopeMember member : admission.shared) {
            if (member.scope.reach() == failure.reach()) {
                throttled(failure, failure.reach(), member.scope.throttle(member, until, startedAt, now), now);
                return;
            }
        }
        Circuit circuit = admission.circuit;
        boolean changed = until > 0 ? circuit.throttle(until, now) : circuit.throttleUnstated(startedAt, now);
        if (changed) {
            news.circuitChanged(circuit, now);
        }
        throttled(failure, Reach.ACCOUNT, circuit.openUntil(), now);
    }

    private void throttled(MailException failure, Reach reach, long until, long now) {
        if (until > now) {
            traffic.throttle(clock.raw(now), clock.raw(until));
            news.paused(failure, reach, until, admission.places.limit(now), now);
        }
    }

    private void lowerPlaces(MailException failure, Cancellation flight, long now) {
        if (admission.places.lower(flight.startedAt(), CONCURRENCY_PAUSE, now)) {
            long until = admission.places.pausedUntil();
            news.paused(failure, Reach.ACCOUNT, until, admission.places.limit(now), now);
        }
    }
}
