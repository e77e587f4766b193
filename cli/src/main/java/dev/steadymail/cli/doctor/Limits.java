package dev.steadymail.cli.doctor;

import dev.steadymail.guard.GuardSettings;
import dev.steadymail.guard.QuotaLimit;
import dev.steadymail.guard.QuotaPlan;
import java.time.Duration;
import java.time.LocalDate;
import java.util.stream.Collectors;

/** Says how an account's requests are held back before a provider has to. */
final class Limits {
    private Limits() {}

    static String text(GuardSettings settings) {
        return settings.maxInFlight() + " requests at once, " + settings.startsPerInterval() + " in any "
                + length(settings.interval()) + "; " + quota(settings.quota());
    }

    private static String quota(QuotaPlan plan) {
        if (plan.limits().isEmpty()) {
            return "no quota";
        }
        String since = plan.since().equals(LocalDate.EPOCH) ? "" : " of " + plan.since();
        return "quota plan " + plan.name() + since + ": "
                + plan.limits().stream().map(Limits::limit).collect(Collectors.joining(", "));
    }

    private static String limit(QuotaLimit limit) {
        return limit.name() + " " + limit.units() + " units in any " + length(limit.window())
                + (limit.enforced() ? "" : " (only counted)");
    }

    private static String length(Duration length) {
        return length.toMillis() % 1_000 == 0 ? length.toSeconds() + " s" : length.toMillis() + " ms";
    }
}
