package dev.steadymail.guard;

import dev.steadymail.mail.Reach;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Quotas of providers as they were published on a day. Figures change: override them where yours differ, by
 * {@link QuotaPlan#withCost} and {@link QuotaPlan#withLimit}.
 */
public final class QuotaPlans {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Google's page on usage limits as it stood before May 2026; methods under {@code settings} cost 1, 5 or 100. */
    private static final Map<String, Integer> GMAIL_COSTS_BEFORE_2026 = Map.ofEntries(
            Map.entry("drafts.create", 10),
            Map.entry("drafts.delete", 10),
            Map.entry("drafts.get", 5),
            Map.entry("drafts.list", 5),
            Map.entry("drafts.send", 100),
            Map.entry("drafts.update", 15),
            Map.entry("getProfile", 1),
            Map.entry("history.list", 2),
            Map.entry("labels.create", 5),
            Map.entry("labels.delete", 5),
            Map.entry("labels.get", 1),
            Map.entry("labels.list", 1),
            Map.entry("labels.patch", 5),
            Map.entry("labels.update", 5),
            Map.entry("messages.attachments.get", 5),
            Map.entry("messages.batchDelete", 50),
            Map.entry("messages.batchModify", 50),
            Map.entry("messages.delete", 10),
            Map.entry("messages.get", 5),
            Map.entry("messages.import", 25),
            Map.entry("messages.insert", 25),
            Map.entry("messages.list", 5),
            Map.entry("messages.modify", 5),
            Map.entry("messages.send", 100),
            Map.entry("messages.trash", 5),
            Map.entry("messages.untrash", 5),
            Map.entry("settings.filters.create", 5),
            Map.entry("settings.filters.delete", 5),
            Map.entry("settings.filters.list", 1),
            Map.entry("settings.getVacation", 1),
            Map.entry("settings.sendAs.list", 1),
            Map.entry("settings.updateVacation", 5),
            Map.entry("stop", 50),
            Map.entry("threads.delete", 20),
            Map.entry("threads.get", 10),
            Map.entry("threads.list", 10),
            Map.entry("threads.modify", 10),
            Map.entry("threads.trash", 10),
            Map.entry("threads.untrash", 10),
            // A resumable upload is charged as its method, when it begins.
            Map.entry("upload.piece", 0),
            Map.entry("upload.status", 0),
            Map.entry("watch", 100));

    /** What reads whole messages or threads became four times as dear. */
    private static final Map<String, Integer> GMAIL_COSTS_RAISED_IN_2026 =
            Map.of("messages.get", 20, "messages.attachments.get", 20, "drafts.get", 20, "threads.get", 40);

    /** Above it Google announced charges, not refusals; so it is counted and reported, and nothing waits for it. */
    private static final QuotaLimit GMAIL_DAY =
            new QuotaLimit("day", Reach.PROJECT, 80_000_000, Duration.ofDays(1), false);

    private static final QuotaLimit GMAIL_PROJECT = new QuotaLimit("project", Reach.PROJECT, 1_200_000, MINUTE, true);

    /**
     * Google Cloud projects that first used the Gmail API on or after 1 May 2026: 6,000 units a minute for each user, 1,200,000 a
     * minute and 80,000,000 a day for the project. Reading a message costs 20.
     *
     * <p>For {@code drafts.update}, {@code drafts.delete}, {@code stop}, {@code trash} and {@code untrash}, changes of labels, and
     * changes of threads no new cost is known; they keep the old one. Methods not named cost 5.
     */
    public static final QuotaPlan GMAIL_2026 = new QuotaPlan(
            "gmail-2026",
            LocalDate.of(2026, 5, 1),
            List.of(user(6_000), GMAIL_PROJECT, GMAIL_DAY),
            replaced(GMAIL_COSTS_BEFORE_2026, GMAIL_COSTS_RAISED_IN_2026),
            5);

    /**
     * Projects that used the Gmail API between November 2025 and April 2026, as long as Google lets them: 15,000 units a minute for
     * each user, older costs, and the limits of the project as in {@link #GMAIL_2026}. Reading a message costs 5.
     */
    public static final QuotaPlan GMAIL_LEGACY = new QuotaPlan(
            "gmail-legacy",
            LocalDate.of(2025, 11, 1),
            List.of(user(15_000), GMAIL_PROJECT, GMAIL_DAY),
            GMAIL_COSTS_BEFORE_2026,
            5);

    /** Microsoft's limit for one mailbox and application: 10,000 requests in 10 minutes, whatever the request. */
    public static final QuotaPlan OUTLOOK = new QuotaPlan(
            "outlook",
            LocalDate.of(2026, 11, 21),
            List.of(QuotaLimit.perAccount(10_000, Duration.ofMinutes(10))),
            Map.of(),
            1);

    private QuotaPlans() {}

    private static QuotaLimit user(long units) {
        return new QuotaLimit("user", Reach.ACCOUNT, units, MINUTE, true);
    }

    private static Map<String, Integer> replaced(Map<String, Integer> costs, Map<String, Integer> by) {
        Map<String, Integer> result = new HashMap<>(costs);
        result.putAll(by);
        return result;
    }
}
