package dev.steadymail.guard;

import dev.steadymail.mail.Reach;
import java.time.Duration;

/**
 * What one account has used up and been told: this much outlives its client, since the provider does not know that a client was
 * closed and opened again. Guarded by {@link #lock}, which every gate that has these limits uses as its own: one that was closed
 * can still be looked at.
 */
final class AccountLimits {
    final ShortLock lock;
    final Places places;
    final StartCap cap;
    final Circuit circuit;
    final Quotas quotas;
    private final GuardSettings settings;
    private final Duration slack;

    private AccountLimits(GuardSettings settings, Duration slack, Circuit circuit, ShortLock lock) {
        this.lock = lock;
        this.settings = settings;
        this.slack = slack;
        this.places = new Places(settings.maxInFlight(), settings.adaptiveMax());
        this.cap = StartCap.of(
                settings.startsPerInterval(), settings.interval().plus(slack).toNanos());
        this.circuit = circuit;
        this.quotas = Quotas.of(settings.quota(), Reach.ACCOUNT);
    }

    /**
     * Returns limits of an account that was never used.
     *
     * @param slack how much later than it was granted an attempt may start; so much longer is the interval of the cap
     */
    static AccountLimits unused(GuardSettings settings, Duration slack, CircuitRules rules) {
        return new AccountLimits(settings, slack, new Circuit(rules), new ShortLock());
    }

    /** Returns these limits for a client with such settings: with other quotas or paces only the circuit is the same. */
    AccountLimits with(GuardSettings wanted) {
        boolean same = settings == wanted
                || (settings.quota().equals(wanted.quota())
                        && settings.maxInFlight() == wanted.maxInFlight()
                        && settings.adaptiveMax() == wanted.adaptiveMax()
                        && settings.startsPerInterval() == wanted.startsPerInterval()
                        && settings.interval().equals(wanted.interval()));
        return same ? this : new AccountLimits(wanted, slack, circuit, lock);
    }

    /** Returns until when these limits differ from unused ones. */
    long tellUntil(long now) {
        long until = Math.max(circuit.openUntil(), places.loweredUntil());
        for (QuotaMeter meter : quotas.meters()) {
            until = Math.max(until, meter.usedUntil(now));
        }
        return until;
    }
}
