package dev.steadymail.guard;

import dev.steadymail.mail.Lane;
import dev.steadymail.mail.Reach;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The quotas of one scope. Guarded by its owner's lock. */
final class Quotas {
    private static final QuotaMeter[] NONE = {};
    private static final Duration TRAVEL = Duration.ofSeconds(1);

    private final QuotaMeter[] meters;

    private Quotas(QuotaMeter[] meters) {
        this.meters = meters;
    }

    static Quotas of(QuotaPlan plan, Reach reach) {
        List<QuotaMeter> meters = plan.limits().stream()
                .filter(limit -> limit.reach() == reach)
                .map(QuotaMeter::new)
                .toList();
        return new Quotas(meters.isEmpty() ? NONE : meters.toArray(NONE));
    }

    boolean isEmpty() {
        return meters.length == 0;
    }

    QuotaMeter[] meters() {
        return meters;
    }

    /** Returns when all quotas have room, as far as can be known now. */
    long roomAt(int units, boolean keepsReserve, long now) {
        long at = now;
        for (QuotaMeter meter : meters) {
            at = Math.max(at, meter.roomAt(units, keepsReserve, now));
        }
        return at;
    }

    /** Charges every quota; answers one whose use is worth a warning, or null. */
    @Nullable
    QuotaMeter charge(int units, Lane lane, long now) {
        QuotaMeter warning = null;
        for (QuotaMeter meter : meters) {
            if (meter.charge(units, lane, now)) {
                warning = meter;
            }
        }
        return warning;
    }

    void settle(int charged, int actual, Lane lane, long now) {
        for (QuotaMeter meter : meters) {
            meter.settle(charged, actual, lane, now);
        }
    }

    /** Adds what other processes must know to keep the same quotas. The store counts from its answer, the provider from arrival. */
    void addShares(String scope, Lane lane, List<SharedLimits.Share> shares, long now) {
        for (QuotaMeter meter : meters) {
            QuotaLimit limit = meter.limit();
            if (limit.enforced()) {
                long kept = lane == Lane.INTERACTIVE ? 0 : meter.kept(now);
                shares.add(
                        new SharedLimits.Share(scope + "/" + limit.name(), limit.units(), sharedWindow(limit), kept));
            }
        }
    }

    private static Duration sharedWindow(QuotaLimit limit) {
        Duration longer = limit.window().plus(TRAVEL);
        return longer.compareTo(QuotaLimit.LONGEST) > 0 ? limit.window() : longer;
    }
}
