package dev.steadymail.testkit.gmail;

import dev.steadymail.guard.QuotaPlan;
import dev.steadymail.guard.QuotaPlans;
import dev.steadymail.mail.Reach;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Charges calls to their user and to the project, and refuses those above a limit. Threadsafe. */
final class QuotaMeter {
    private static final Duration DAY = Duration.ofDays(1);
    private static final DateTimeFormatter RETRY_TIME =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);

    private final @Nullable GmailQuota quota;
    private final QuotaPlan plan;
    private final InstantSource clock;
    private final UsageTable usage;
    private final List<UnitWindow> project; // guarded by this
    private final Map<String, List<UnitWindow>> users = new HashMap<>(); // guarded by this

    QuotaMeter(@Nullable GmailQuota quota, InstantSource clock, UsageTable usage) {
        this.quota = quota;
        this.plan = quota == null ? QuotaPlans.GMAIL_2026 : quota.plan();
        this.clock = clock;
        this.usage = usage;
        this.project = windows(false);
    }

    /** Charges one call of a method, or fails as the service does above a limit, and then charges nothing. */
    synchronized void charge(String user, String call) {
        int units = plan.cost(call);
        Instant now = clock.instant();
        List<UnitWindow> touched = new ArrayList<>(users.computeIfAbsent(user, name -> windows(true)));
        touched.addAll(project);
        for (UnitWindow window : touched) {
            if (!window.fits(now, units)) {
                usage.refusedByQuota(user);
                throw refusal(window, now, units);
            }
        }
        touched.forEach(window -> window.spend(now, units));
        usage.charged(user, call, units);
    }

    private List<UnitWindow> windows(boolean ofUser) {
        if (quota == null) {
            return List.of();
        }
        return plan.limits().stream()
                .filter(limit -> limit.enforced() && (limit.reach() != Reach.PROJECT) == ofUser)
                .map(limit -> UnitWindow.of(limit, quota.window()))
                .toList();
    }

    private ApiException refusal(UnitWindow window, Instant now, int units) {
        if (window.limit.window().compareTo(DAY) >= 0) {
            return new ApiException(403, "dailyLimitExceeded", "Daily Limit Exceeded");
        }
        boolean ofProject = window.limit.reach() == Reach.PROJECT;
        return switch (quota == null ? GmailQuota.Refusal.QUOTA_METRIC : quota.refusal()) {
            case RESOURCE_EXHAUSTED ->
                new ApiException(429, "rateLimitExceeded", "Resource has been exhausted (e.g. check quota).");
            case QUOTA_METRIC -> new ApiException(403, "rateLimitExceeded", quotaText(ofProject ? "" : " per user"));
            case RETRY_AFTER ->
                new ApiException(
                        403,
                        "userRateLimitExceeded",
                        "User-rate limit exceeded.  Retry after " + wholeMillis(window.freeFrom(now, units)));
        };
    }

    static String quotaText(String suffix) {
        return "Quota exceeded for quota metric 'Queries' and limit 'Queries per minute" + suffix
                + "' of service 'gmail.googleapis.com' for consumer 'project_number:123456789012'.";
    }

    /** Always three digits of milliseconds, and never earlier than {@code time}. */
    static String wholeMillis(Instant time) {
        Instant cut = time.truncatedTo(ChronoUnit.MILLIS);
        return RETRY_TIME.format(cut.equals(time) ? cut : cut.plusMillis(1));
    }
}
