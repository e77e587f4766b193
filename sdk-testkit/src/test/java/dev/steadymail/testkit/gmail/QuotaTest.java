package dev.steadymail.testkit.gmail;

import static dev.steadymail.testkit.gmail.GmailHttp.part;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import dev.steadymail.guard.QuotaLimit;
import dev.steadymail.guard.QuotaPlan;
import dev.steadymail.guard.QuotaPlans;
import dev.steadymail.mail.Reach;
import dev.steadymail.testkit.time.ManualTime;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class QuotaTest {
    private static final String ADA = "ada@example.com";
    private static final String BEA = "bea@example.com";

    private final ManualTime time = new ManualTime();
    private FakeGmail gmail = FakeGmail.builder().start();
    private GmailHttp http = new GmailHttp(gmail, "token-ada");

    @AfterEach
    void stop() {
        gmail.close();
    }

    @Test
    void costs_followTheirPlan() throws Exception {
        start(GmailQuota.of(QuotaPlans.GMAIL_2026));
        String id = gmail.mailbox(ADA).add(TestMail.plain("a"), "INBOX");
        spendSomeOfEach(id);
        assertEquals(1 + 20 + 40 + 5 + 2 + 100, gmail.usage(ADA).units());
        start(GmailQuota.of(QuotaPlans.GMAIL_LEGACY));
        String older = gmail.mailbox(ADA).add(TestMail.plain("a"), "INBOX");
        spendSomeOfEach(older);
        assertEquals(1 + 5 + 10 + 5 + 2 + 100, gmail.usage(ADA).units());
        assertEquals(1, gmail.usage(ADA).calls().get("messages.get"));
        assertEquals(0, gmail.usage(BEA).units());
    }

    @Test
    void fixedWindow_startsAnewWithTheMinuteOfTheClock() throws Exception {
        start(GmailQuota.of(plan(QuotaLimit.perAccount(20, Duration.ofMinutes(1)))));
        time.advance(Duration.ofSeconds(59));
        assertStatuses(200, 2, 403);
        time.advance(Duration.ofSeconds(1));
        assertStatuses(200, 2, 403);
        assertEquals(2, gmail.usage(ADA).quotaRefusals());
        assertEquals(40, gmail.usage(ADA).units());
    }

    @Test
    void slidingWindow_neverHoldsMoreThanTheLimit() throws Exception {
        start(GmailQuota.of(plan(QuotaLimit.perAccount(20, Duration.ofMinutes(1))))
                .window(GmailQuota.Window.SLIDING));
        assertEquals(200, get());
        time.advance(Duration.ofSeconds(59));
        assertEquals(200, get());
        assertEquals(403, get());
        time.advance(Duration.ofSeconds(1));
        assertEquals(200, get());
        assertEquals(403, get());
        time.advance(Duration.ofSeconds(58));
        assertEquals(403, get());
        time.advance(Duration.ofSeconds(1));
        assertEquals(200, get());
    }

    @Test
    void projectLimit_isSharedByItsUsers() throws Exception {
        start(GmailQuota.of(plan(new QuotaLimit("project", Reach.PROJECT, 20, Duration.ofMinutes(1), true))));
        assertStatuses(200, 2, 403);
        GmailHttp.Answer refused = new GmailHttp(gmail, "token-bea").get("profile");
        assertEquals(403, refused.status());
        assertFalse(refused.text().contains("per user"));
    }

    @Test
    void countedLimit_refusesNothing() throws Exception {
        start(GmailQuota.of(plan(new QuotaLimit("day", Reach.PROJECT, 5, Duration.ofDays(1), false))));
        assertStatuses(200, 2, 200);
    }

    @Test
    void refusals_comeInEachShape() throws Exception {
        GmailQuota none = GmailQuota.of(plan(QuotaLimit.perAccount(5, Duration.ofMinutes(1))));
        start(none.refusal(GmailQuota.Refusal.RESOURCE_EXHAUSTED));
        assertRefused(429, "global", "rateLimitExceeded", "Resource has been exhausted (e.g. check quota).");
        start(none.refusal(GmailQuota.Refusal.QUOTA_METRIC));
        assertRefused(403, "usageLimits", "rateLimitExceeded", "limit 'Queries per minute per user'");
        start(none.refusal(GmailQuota.Refusal.RETRY_AFTER));
        time.advance(Duration.ofSeconds(10));
        assertRefused(403, "usageLimits", "userRateLimitExceeded", "Retry after 2024-03-01T12:01:00.000Z");
        start(GmailQuota.of(plan(QuotaLimit.perAccount(5, Duration.ofDays(1)))));
        assertRefused(403, "usageLimits", "dailyLimitExceeded", "Daily Limit Exceeded");
    }

    @Test
    void retryTime_ofASlidingWindow_isWhenTheCallFits() throws Exception {
        start(GmailQuota.of(plan(QuotaLimit.perAccount(20, Duration.ofMinutes(1))))
                .window(GmailQuota.Window.SLIDING)
                .refusal(GmailQuota.Refusal.RETRY_AFTER));
        time.advance(Duration.ofSeconds(7));
        assertEquals(200, get());
        time.advance(Duration.ofSeconds(20));
        assertEquals(200, get());
        assertRefused(403, "usageLimits", "userRateLimitExceeded", "Retry after 2024-03-01T12:01:07.000Z");
        time.advance(Duration.ofSeconds(40));
        assertEquals(200, get());
    }

    @Test
    void batchParts_areChargedOneByOne() throws Exception {
        start(GmailQuota.of(plan(QuotaLimit.perAccount(30, Duration.ofMinutes(1)))));
        String[] parts = Collections.nCopies(5, part("x", "GET", "profile", "")).toArray(String[]::new);
        String text = http.batch("batch", parts).text();
        assertEquals(3, text.split("HTTP/1.1 200", -1).length - 1);
        assertEquals(2, text.split("HTTP/1.1 403", -1).length - 1);
        assertEquals(30, gmail.usage(ADA).units());
        assertEquals(Map.of("getProfile", 3), gmail.usage(ADA).calls());
        GmailTraffic traffic = gmail.traffic();
        assertEquals(List.of(1L, 1L, 5L), List.of(traffic.requests(), traffic.batches(), traffic.parts()));
        assertTrue(traffic.bytesReceived() > 400 && traffic.bytesSent() > 400, traffic.toString());
    }

    @Test
    void concurrency_countsBatchPartsTogether() throws Exception {
        gmail.close();
        gmail = FakeGmail.builder().user(ADA, "token-ada").concurrency(3).start();
        http = new GmailHttp(gmail, "token-ada");
        String[] parts = Collections.nCopies(5, part("x", "GET", "profile", "")).toArray(String[]::new);
        String text = http.batch("batch", parts).text();
        assertEquals(3, text.split("HTTP/1.1 200", -1).length - 1);
        assertEquals(2, text.split("HTTP/1.1 429", -1).length - 1);
        assertTrue(text.contains("Too many concurrent requests for user"));
        assertEquals(3, gmail.usage(ADA).mostInFlight());
        assertEquals(2, gmail.usage(ADA).concurrencyRefusals());
        assertEquals(200, http.batch("batch", Arrays.copyOf(parts, 3)).status());
        assertEquals(200, get());
        assertEquals(2, gmail.usage(ADA).concurrencyRefusals());
    }

    @Test
    void concurrency_refusesTheCallAboveTheLimit() throws Exception {
        gmail.close();
        gmail = FakeGmail.builder().user(ADA, "token-ada").concurrency(1).start();
        http = new GmailHttp(gmail, "token-ada");
        gmail.inject(GmailFault.delay(Duration.ofMinutes(1)).onCall("labels.list"));
        CompletableFuture<GmailHttp.Answer> first = http.start(http.request("labels"));
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (gmail.usage(ADA).mostInFlight() == 0) {
            assertTrue(System.nanoTime() < deadline, "the first call did not arrive");
            Thread.onSpinWait();
        }
        assertEquals(429, get());
        assertEquals(1, gmail.usage(ADA).concurrencyRefusals());
        assertFalse(first.isDone());
    }

    private void start(GmailQuota quota) {
        gmail.close();
        gmail = FakeGmail.builder()
                .user(ADA, "token-ada")
                .user(BEA, "token-bea")
                .clock(time::now)
                .quota(quota)
                .start();
        http = new GmailHttp(gmail, "token-ada");
    }

    private static QuotaPlan plan(QuotaLimit limit) {
        return new QuotaPlan("small", LocalDate.EPOCH, List.of(limit), Map.of("getProfile", 10), 1);
    }

    private void spendSomeOfEach(String id) throws Exception {
        assertEquals(200, http.get("profile").status());
        assertEquals(200, http.get("messages/" + id).status());
        String thread = gmail.mailbox(ADA).message(id).threadId();
        assertEquals(200, http.get("threads/" + thread).status());
        assertEquals(200, http.get("messages").status());
        String start = Long.toUnsignedString(gmail.mailbox(ADA).historyId());
        assertEquals(200, http.get("history?startHistoryId=" + start).status());
        String raw = GmailTestCase.raw(TestMail.plain("sent"));
        assertEquals(
                200, http.post("messages/send", "{\"raw\":\"" + raw + "\"}").status());
    }

    private int get() throws Exception {
        return http.get("profile").status();
    }

    private void assertStatuses(int first, int times, int then) throws Exception {
        for (int i = 0; i < times; i++) {
            assertEquals(first, get());
        }
        assertEquals(then, get());
    }

    private void assertRefused(int status, String domain, String reason, String message) throws Exception {
        GmailHttp.Answer refused = http.get("profile");
        assertEquals(status, refused.status());
        JsonObject error = refused.json().getAsJsonObject("error");
        JsonObject first = error.getAsJsonArray("errors").get(0).getAsJsonObject();
        assertEquals(domain, first.get("domain").getAsString());
        assertEquals(reason, first.get("reason").getAsString());
        assertTrue(error.get("message").getAsString().contains(message), error.toString());
    }
}
