package dev.steadymail.examples;

import dev.steadymail.guard.QuotaLimit;
import dev.steadymail.guard.QuotaPlan;
import dev.steadymail.guard.QuotaPlans;
import java.time.Duration;
import java.util.Map;

/** Tells what reading a mailbox would cost of Gmail's quota, and how long it would take at least, before anything is sent. */
public final class PriceOfAPlan {
    private PriceOfAPlan() {}

    public static void main(String[] args) {
        int emails = Integer.parseInt(args[0]);
        long units = price(QuotaPlans.GMAIL_2026, emails);
        Duration time = atLeast(QuotaPlans.GMAIL_2026, units);
        System.out.printf("%d units, %d minutes at least%n", units, time.toMinutes());
    }

    /** A page of the list names 500 emails, and each is then read by itself. */
    static long price(QuotaPlan plan, int emails) {
        int pages = (emails + 499) / 500;
        return plan.price(Map.of("messages.list", pages, "messages.get", emails));
    }

    /** Whole windows that the tightest limit needs; a part of one is free at the start. */
    static Duration atLeast(QuotaPlan plan, long units) {
        Duration longest = Duration.ZERO;
        for (QuotaLimit limit : plan.limits()) {
            Duration time = limit.window().multipliedBy(Math.max(0, (units - 1) / limit.units()));
            longest = time.compareTo(longest) > 0 ? time : longest;
        }
        return longest;
    }
}
