package dev.steadymail.guard;

import dev.steadymail.mail.Reach;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Quotas of providers as they were published on a day. Figures change: override them where yours differ. */
public final class QuotaPlans {
    /** Google Cloud projects that first used the Gmail API on or after 1 May 2026. */
    public static final QuotaPlan GMAIL_2026 = new QuotaPlan(
            "gmail-2026",
            LocalDate.of(2026, 5, 1),
            List.of(new QuotaLimit("user", Reach.ACCOUNT, 6_000, Duration.ofMinutes(1), true)),
            Map.of(),
            5);

    /** Microsoft's limit for one mailbox and application: 10,000 requests in 10 minutes. */
    public static final QuotaPlan OUTLOOK = QuotaPlan.requests(10_000, Duration.ofMinutes(10));

    private QuotaPlans() {}
}
