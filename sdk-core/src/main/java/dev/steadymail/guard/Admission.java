package dev.steadymail.guard;

import dev.steadymail.mail.AccountId;
import dev.steadymail.mail.Lane;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The limits that a request of one account must pass before it starts, and what it gives back when it ends: places, the interval's
 * cap, circuit and quotas of the account, and those it shares. Guarded by the gate's lock.
 */
final class Admission {
    private static final Lane[] LANES = Lane.values();

    final AccountLimits limits;
    final Places places;
    final Circuit circuit;
    final Quotas quotas;
    final ScopeMember[] shared;
    private final News news;
    private Obstacle obstacle = Obstacle.PLACES;
    private @Nullable CircuitCause openCause;

    Admission(AccountLimits limits, ScopeMember[] shared, News news) {
        this.limits = limits;
        this.places = limits.places;
        this.circuit = limits.circuit;
        this.quotas = limits.quotas;
        this.shared = shared;
        this.news = news;
    }

    /** Returns what the last question was answered with a later time for. */
    Obstacle obstacle() {
        return obstacle;
    }

    /** Returns why the circuit is open that is the obstacle. */
    @Nullable
    CircuitCause openCause() {
        return openCause;
    }

    /** Returns when anything may start, whatever it is; never where only the end of something can tell. */
    long startAt(long now) {
        if (!places.isFree(now)) {
            obstacle = Obstacle.PLACES;
            return GuardClock.NEVER;
        }
        if (places.pausedUntil() > now) {
            obstacle = Obstacle.PAUSE;
            return places.pausedUntil();
        }
        long circuitAt = circuit.startAt(now);
        if (circuitAt > now) {
            obstacle = Obstacle.CIRCUIT;
            openCause = circuit.cause(now);
            return circuitAt;
        }
        obstacle = Obstacle.CAP;
        return limits.cap.startAt(now);
    }

    /** Returns when there is room for one request; where there is now, what is shared has been charged, and it must start. */
    long roomAt(Lane lane, int units, boolean keepsReserve, long now) {
        long at = quotas.roomAt(units, keepsReserve, now);
        if (at > now) {
            obstacle = Obstacle.QUOTA;
            return at;
        }
        for (int i = 0; i < shared.length; i++) {
            at = shared[i].scope.admit(shared[i], lane, units, keepsReserve, now);
            if (at > now) {
                openCause = shared[i].openCause;
                obstacle = openCause == null ? Obstacle.SHARED : Obstacle.SHARED_CIRCUIT;
                undo(i, lane, units, now);
                return at;
            }
        }
        return now;
    }

    private void undo(int granted, Lane lane, int units, long now) {
        for (int i = 0; i < granted; i++) {
            shared[i].scope.undo(lane, units, now, now);
        }
    }

    /** Starts what {@link #startAt} and {@link #roomAt} allowed. */
    void start(Cancellation flight, Lane lane, long now) {
        if (circuit.start(now)) {
            news.circuitChanged(circuit, now);
        }
        limits.cap.start(now);
        QuotaMeter warning = quotas.charge(flight.units(), lane, now);
        if (warning != null) {
            news.quotaHigh(warning, now);
        }
        places.take(flight);
    }

    /** Frees the flight's place and ends its charges; answers false where that was done before. */
    boolean release(Cancellation flight, long now) {
        if (!places.free(flight)) {
            return false;
        }
        Lane lane = LANES[flight.lane()];
        int actual = flight.actualUnits();
        quotas.settle(flight.units(), actual, lane, now);
        for (ScopeMember member : shared) {
            member.scope.settle(flight.units(), actual, lane, now);
        }
        return true;
    }

    /** Takes everything back, for a request that was not sent after all; answers false where its place was freed before. */
    boolean refund(Cancellation flight, long now) {
        if (!places.free(flight)) {
            return false;
        }
        quotas.settle(flight.units(), 0, LANES[flight.lane()], now);
        for (ScopeMember member : shared) {
            member.scope.undo(LANES[flight.lane()], flight.units(), flight.startedAt(), now);
        }
        circuit.neutral(flight.startedAt());
        return true;
    }

    /** Returns until when the account's circuit, or one that it shares, is open; a past moment where none is. */
    long openUntil() {
        long until = circuit.openUntil();
        for (ScopeMember member : shared) {
            until = Math.max(until, member.scope.openUntil());
        }
        return until;
    }

    /** The clock is slow compared with everything else here, so it is read only where the time of an end matters. */
    boolean needsTimeOfEnd() {
        return shared.length > 0 || !quotas.isEmpty();
    }

    static ScopeMember[] members(List<SharedScope> scopes, Gate gate) {
        return scopes.stream().map(scope -> new ScopeMember(scope, gate)).toArray(ScopeMember[]::new);
    }

    static @Nullable SharedLink link(Guards.Shared common, AccountId account, ScopeMember[] shared) {
        SharedGate limits = common.limits();
        return limits == null ? null : new SharedLink(limits, common.clock(), account, shared);
    }
}
