package dev.steadymail.guard;

import dev.steadymail.mail.Reach;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes down how a gate is at one moment. Made and used with the gate's lock held. */
final class Report {
    private final Admission admission;
    private final GuardSettings settings;
    private final GuardClock clock;
    private final long now;

    Report(Admission admission, GuardSettings settings, GuardClock clock) {
        this.admission = admission;
        this.settings = settings;
        this.clock = clock;
        this.now = clock.now();
    }

    Explanation explanation(
            Waiting waiting, int retryTokens, long lastSuccess, long nextAttempt, boolean sharedLimits) {
        return new Explanation(
                clock.instantOf(now, now),
                waiting.lanes.waiting(now),
                waiting.resting(),
                admission.places.taken(),
                admission.places.limit(now),
                settings.maxInFlight(),
                circuits(),
                ledger(),
                retryTokens,
                instant(lastSuccess),
                instant(nextAttempt == GuardClock.NEVER ? nextAttempt : Math.max(now, nextAttempt)),
                sharedLimits);
    }

    private @Nullable Instant instant(long at) {
        return at == GuardClock.NEVER ? null : clock.instantOf(at, now);
    }

    private List<Explanation.Circuit> circuits() {
        List<Explanation.Circuit> circuits = new ArrayList<>();
        circuits.add(circuit(Reach.ACCOUNT, admission.circuit, clock, now));
        for (ScopeMember member : admission.shared) {
            circuits.add(member.scope.explain(now));
        }
        return circuits;
    }

    static Explanation.Circuit circuit(Reach reach, Circuit circuit, GuardClock clock, long now) {
        CircuitState state = circuit.state(now);
        Instant until = state == CircuitState.OPEN ? clock.instantOf(circuit.openUntil(), now) : null;
        return new Explanation.Circuit(reach, state, circuit.cause(now), until);
    }

    Ledger ledger() {
        List<Ledger.Balance> balances = new ArrayList<>();
        for (QuotaMeter meter : admission.quotas.meters()) {
            balances.add(meter.balance(clock, now));
        }
        for (ScopeMember member : admission.shared) {
            member.scope.addBalances(balances, now);
        }
        return new Ledger(settings.quota().name(), balances);
    }
}
