package dev.steadymail.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.Reach;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaPlanTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "250 requests per 100 s | 250 | PT1M40S",
                "10,000 requests per 10 minutes | 10000 | PT10M",
                "15000 units/min | 15000 | PT1M",
                "15000 Units / 1 Minute | 15000 | PT1M",
                "250 units/user/second | 250 | PT1S",
                "1,200,000 quota units per minute | 1200000 | PT1M",
                "6000 per user per minute | 6000 | PT1M",
                "5/100s | 5 | PT1M40S",
                "1 request per hour | 1 | PT1H",
                "80,000,000 units per day | 80000000 | PT24H",
                " 1 call per 31 days  | 1 | PT744H",
                "1000000000/s | 1000000000 | PT1S"
            })
    void text_isRead(String text, long units, Duration window) {
        assertEquals(
                List.of(QuotaLimit.perAccount(units, window)),
                QuotaPlan.parse(text).limits());
        assertEquals(1, QuotaPlan.parse(text).cost("messages.get"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "250",
                "250 requests",
                "requests per minute",
                "per minute",
                "-1/s",
                "1.5/s",
                "10,00/s",
                "1,0000/s",
                "9999999999999999/s",
                "250 apples per minute",
                "250 requests per 0x10 s",
                "250 requests per fortnight",
                "250 requests per minute or so",
                "250 requestsperminute",
                "\u0665/s",
                "5 per 9999999999 s"
            })
    void textThatDoesNotReadSo_isRefusedWithTheWayToWriteIt(String text) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> QuotaPlan.parse(text));
        assertTrue(refusal.getMessage().contains("250 requests per 100 s"), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 requests per minute", "999999999999999/s", "1/32 days", "1/0 s", "1/999999999 days"})
    void limitsOutOfBounds_areRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> QuotaPlan.parse(text));
    }

    @Test
    void refusal_isShortAndClean() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> QuotaPlan.parse("\r\n\u001b[2J" + "x".repeat(1_000_000)))
                .getMessage();
        assertTrue(message.length() < 300 && message.chars().noneMatch(Character::isISOControl), message);
    }

    @Test
    void names_areReadBack() {
        long seed = Long.getLong("steadymail.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            QuotaPlan plan = QuotaPlan.requests(
                    random.nextLong(1, 1_000_000_001L), Duration.ofSeconds(random.nextLong(1, 31 * 86_400L)));
            assertEquals(plan, QuotaPlan.parse(plan.name()), () -> plan.name() + ", seed " + seed);
        }
    }

    @Test
    void costs_haveBounds() {
        assertThrows(IllegalArgumentException.class, () -> QuotaPlan.NONE.withCost("messages.get", -1));
        assertThrows(IllegalArgumentException.class, () -> QuotaPlan.NONE.withCost("messages.get", 1_000_001));
        assertEquals(0, QuotaPlan.NONE.withCost("messages.get", 0).cost("messages.get"));
    }

    @Test
    void gmail_costsAsPublished() {
        Map<String, List<Integer>> oldAndNew = Map.ofEntries(
                Map.entry("messages.get", List.of(5, 20)),
                Map.entry("messages.attachments.get", List.of(5, 20)),
                Map.entry("drafts.get", List.of(5, 20)),
                Map.entry("threads.get", List.of(10, 40)),
                Map.entry("threads.list", List.of(10, 10)),
                Map.entry("messages.list", List.of(5, 5)),
                Map.entry("drafts.list", List.of(5, 5)),
                Map.entry("history.list", List.of(2, 2)),
                Map.entry("labels.list", List.of(1, 1)),
                Map.entry("labels.get", List.of(1, 1)),
                Map.entry("getProfile", List.of(1, 1)),
                Map.entry("messages.send", List.of(100, 100)),
                Map.entry("drafts.send", List.of(100, 100)),
                Map.entry("messages.insert", List.of(25, 25)),
                Map.entry("messages.import", List.of(25, 25)),
                Map.entry("messages.modify", List.of(5, 5)),
                Map.entry("messages.delete", List.of(10, 10)),
                Map.entry("messages.batchModify", List.of(50, 50)),
                Map.entry("messages.batchDelete", List.of(50, 50)),
                Map.entry("drafts.create", List.of(10, 10)),
                Map.entry("drafts.update", List.of(15, 15)),
                Map.entry("watch", List.of(100, 100)),
                Map.entry("stop", List.of(50, 50)),
                Map.entry("messages.trash", List.of(5, 5)),
                Map.entry("messages.untrash", List.of(5, 5)),
                Map.entry("labels.create", List.of(5, 5)),
                Map.entry("labels.update", List.of(5, 5)),
                Map.entry("labels.delete", List.of(5, 5)));
        oldAndNew.forEach((method, costs) -> assertEquals(
                costs, List.of(QuotaPlans.GMAIL_LEGACY.cost(method), QuotaPlans.GMAIL_2026.cost(method)), method));
    }

    @Test
    void gmail_limitsUserProjectAndDay() {
        QuotaLimit project = new QuotaLimit("project", Reach.PROJECT, 1_200_000, Duration.ofMinutes(1), true);
        QuotaLimit day = new QuotaLimit("day", Reach.PROJECT, 80_000_000, Duration.ofDays(1), false);
        assertEquals(
                List.of(new QuotaLimit("user", Reach.ACCOUNT, 6_000, Duration.ofMinutes(1), true), project, day),
                QuotaPlans.GMAIL_2026.limits());
        assertEquals(
                List.of(new QuotaLimit("user", Reach.ACCOUNT, 15_000, Duration.ofMinutes(1), true), project, day),
                QuotaPlans.GMAIL_LEGACY.limits());
    }

    @Test
    void dryRun_pricesAFullSync() {
        assertEquals(
                2_001_001,
                QuotaPlans.GMAIL_2026.price(Map.of("messages.get", 100_000, "messages.list", 200, "getProfile", 1)));
    }

    @Test
    void outlook_countsRequests() {
        assertEquals(List.of(QuotaLimit.perAccount(10_000, Duration.ofMinutes(10))), QuotaPlans.OUTLOOK.limits());
        assertEquals(1, QuotaPlans.OUTLOOK.cost("messages.get"));
    }
}
