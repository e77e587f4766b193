package dev.steadymail.testkit.gmail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonSyntaxException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

final class NamedFaultsTest extends GmailTestCase {

    @Test
    void namedFaults_haveStatusDomainReasonAndStatusName() throws Exception {
        assertError(GmailFaults.resourceExhausted(), 429, "global", "rateLimitExceeded", "RESOURCE_EXHAUSTED");
        assertError(GmailFaults.quotaExceeded(), 403, "usageLimits", "rateLimitExceeded", "PERMISSION_DENIED");
        assertError(
                GmailFaults.userRateLimitExceeded(Instant.EPOCH),
                403,
                "usageLimits",
                "userRateLimitExceeded",
                "PERMISSION_DENIED");
        assertError(GmailFaults.tooManyConcurrentRequests(), 429, "global", "rateLimitExceeded", "RESOURCE_EXHAUSTED");
        assertError(GmailFaults.dailyLimitExceeded(), 403, "usageLimits", "dailyLimitExceeded", "PERMISSION_DENIED");
        assertError(
                GmailFaults.mailSendingLimitExceeded(), 429, "global", "userRateLimitExceeded", "RESOURCE_EXHAUSTED");
        assertError(GmailFaults.bandwidthLimitExceeded(), 429, "global", "rateLimitExceeded", "RESOURCE_EXHAUSTED");
        assertError(GmailFaults.domainPolicy(), 403, "global", "domainPolicy", "PERMISSION_DENIED");
        assertError(
                GmailFaults.insufficientPermissions(), 403, "global", "insufficientPermissions", "PERMISSION_DENIED");
        assertError(GmailFaults.accessNotConfigured(), 403, "usageLimits", "accessNotConfigured", "PERMISSION_DENIED");
        assertError(GmailFaults.failedPrecondition(), 400, "global", "failedPrecondition", "FAILED_PRECONDITION");
        assertError(GmailFaults.backendError(), 500, "global", "backendError", "INTERNAL");
        assertError(GmailFaults.unavailable(), 503, "global", "backendError", "UNAVAILABLE");
        assertError(GmailFaults.unauthorized(), 401, "global", "authError", "UNAUTHENTICATED");
    }

    @Test
    void retryTime_standsInTheText() throws Exception {
        gmail.inject(GmailFaults.userRateLimitExceeded(Instant.parse("2024-01-10T23:55:00.392Z")));
        assertTrue(http.get("profile").text().contains("Retry after 2024-01-10T23:55:00.392Z"));
        gmail.inject(GmailFaults.userRateLimitExceeded(Instant.parse("2024-01-10T23:55:00.392000001Z")));
        assertTrue(http.get("profile").text().contains("Retry after 2024-01-10T23:55:00.393Z"));
    }

    @Test
    void invalidGrant_meetsTheTokenEndpointOnly() throws Exception {
        gmail.inject(GmailFaults.invalidGrant());
        assertEquals(200, http.get("profile").status());
        GmailHttp.Answer refused = http.send(HttpRequest.newBuilder(URI.create(gmail.tokenUrl()))
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofString("grant_type=refresh_token&refresh_token=refresh-ada")));
        assertEquals(400, refused.status());
        assertEquals("invalid_grant", refused.string("error"));
    }

    @Test
    void onCall_addressesAMethodByItsName() throws Exception {
        String id = mailbox.add(TestMail.plain("a"), "INBOX");
        gmail.inject(GmailFaults.backendError().onCall("messages.get").always());
        assertEquals(200, http.get("messages").status());
        assertEquals(200, http.post("messages/" + id + "/modify", "{}").status());
        assertEquals(500, http.get("messages/" + id).status());
        gmail.clearFaults();
        assertEquals(200, http.get("messages/" + id).status());
    }

    @Test
    void detailsShape_hasNoErrorsAndTellsTheReason() throws Exception {
        gmail.inject(GmailFaults.resourceExhausted().shape(GmailErrorShape.DETAILS));
        JsonObject error = http.get("profile").json().getAsJsonObject("error");
        assertFalse(error.has("errors"));
        JsonObject info = error.getAsJsonArray("details").get(0).getAsJsonObject();
        assertEquals(
                "type.googleapis.com/google.rpc.ErrorInfo", info.get("@type").getAsString());
        assertEquals("RATE_LIMIT_EXCEEDED", info.get("reason").getAsString());
        gmail.inject(GmailFaults.insufficientPermissions().shape(GmailErrorShape.BOTH));
        JsonObject both = http.get("profile").json().getAsJsonObject("error");
        assertTrue(both.has("errors") && both.has("details"), both.toString());
        assertThrows(IllegalStateException.class, () -> GmailFaults.badGateway().shape(GmailErrorShape.DETAILS));
    }

    @Test
    void serversShape_holdsForItsOwnErrorsToo() throws Exception {
        try (FakeGmail newer = FakeGmail.builder()
                .user(ADA, "token-ada")
                .errorShape(GmailErrorShape.DETAILS)
                .start()) {
            JsonObject unknown =
                    new GmailHttp(newer, "over").get("profile").json().getAsJsonObject("error");
            assertFalse(unknown.has("errors"));
            assertEquals("UNAUTHENTICATED", unknown.get("status").getAsString());
            JsonObject absent = new GmailHttp(newer, "token-ada")
                    .get("messages/gone")
                    .json()
                    .getAsJsonObject("error");
            assertNull(absent.get("details"));
            assertEquals(404, absent.get("code").getAsInt());
        }
    }

    @Test
    void cutBody_isWholeForHttpAndBrokenAsJson() throws Exception {
        gmail.inject(GmailFault.cutBody(10));
        GmailHttp.Answer cut = http.get("labels");
        assertEquals(200, cut.status());
        assertEquals(10, cut.body().length);
        assertThrows(JsonSyntaxException.class, cut::json);
    }

    @Test
    void gzipBomb_unpacksToWhatWasAskedFor() throws Exception {
        gmail.inject(GmailFault.gzipBomb(20_000_001));
        GmailHttp.Answer bomb = http.get("labels");
        assertTrue(bomb.body().length < 100_000);
        assertEquals(
                "gzip", bomb.response().headers().firstValue("Content-Encoding").orElseThrow());
        assertEquals(20_000_001, Gzip.unpack(bomb.body()).length);
        assertThrows(IllegalArgumentException.class, () -> GmailFault.gzipBomb(0));
    }

    @Test
    void stall_sendsTheBeginningAndThenNothing() throws Exception {
        gmail.inject(GmailFault.stall(5).onCall("labels.list"));
        CompletableFuture<GmailHttp.Answer> stalled = http.start(http.request("labels"));
        assertThrows(TimeoutException.class, () -> stalled.get(200, TimeUnit.MILLISECONDS));
        assertEquals(200, http.get("labels").status());
        gmail.close();
        assertThrows(ExecutionException.class, () -> stalled.get(20, TimeUnit.SECONDS));
    }

    @Test
    void latency_outOfBounds_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> FakeGmail.builder().latency(Duration.ofMinutes(2)));
        assertThrows(IllegalArgumentException.class, () -> FakeGmail.builder().concurrency(0));
    }

    @Test
    void latency_holdsEveryRequestAndEndsWithTheServer() throws Exception {
        try (FakeGmail slow = FakeGmail.builder()
                .user(ADA, "token-ada")
                .latency(Duration.ofMinutes(1))
                .start()) {
            GmailHttp client = new GmailHttp(slow, "token-ada");
            assertThrows(
                    HttpTimeoutException.class,
                    () -> client.send(client.request("profile").timeout(Duration.ofMillis(200))));
            assertTrue(slow.log().isEmpty());
        }
    }

    private void assertError(GmailFault fault, int code, String domain, String reason, String status) throws Exception {
        gmail.inject(fault);
        GmailHttp.Answer answer = http.get("profile");
        assertEquals(code, answer.status());
        JsonObject error = answer.json().getAsJsonObject("error");
        assertEquals(code, error.get("code").getAsInt());
        assertEquals(status, error.get("status").getAsString());
        JsonObject first = error.getAsJsonArray("errors").get(0).getAsJsonObject();
        assertEquals(domain, first.get("domain").getAsString());
        assertEquals(reason, first.get("reason").getAsString());
        assertEquals(error.get("message"), first.get("message"));
    }
}
