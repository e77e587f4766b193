package dev.steadymail.testkit.gmail;

import java.time.Instant;
import java.util.Map;

/**
 * Google's own errors by name, each as a {@link GmailFault} for the next call of any kind; limit it by {@link
 * GmailFault#onCall} and the like. What is final and what passes is said as far as it is known.
 */
public final class GmailFaults {
    private static final String EXTENDED_HELP = "Please visit https://console.cloud.google.com and try again.";

    private GmailFaults() {}

    /** 429 "Resource has been exhausted": the quota of a minute, in the newer shape. Passes. */
    public static GmailFault resourceExhausted() {
        return GmailFault.status(429, "rateLimitExceeded", "Resource has been exhausted (e.g. check quota).");
    }

    /** 403 "Quota exceeded for quota metric": the same condition, in the older shape. Passes. */
    public static GmailFault quotaExceeded() {
        return GmailFault.status(403, "rateLimitExceeded", QuotaMeter.quotaText(" per user"));
    }

    /** 403 whose text names the time at which to come back; no header does. */
    public static GmailFault userRateLimitExceeded(Instant retryAfter) {
        return GmailFault.status(
                403,
                "userRateLimitExceeded",
                "User-rate limit exceeded.  Retry after " + QuotaMeter.wholeMillis(retryAfter));
    }

    /** 429 "Too many concurrent requests for user". Passes when fewer are in progress. */
    public static GmailFault tooManyConcurrentRequests() {
        ApiException refusal = Admission.tooMany();
        return GmailFault.status(refusal.code(), refusal.reason(), String.valueOf(refusal.getMessage()));
    }

    /** 403: the project's units of the day are used up. Lasts until midnight, Pacific time. */
    public static GmailFault dailyLimitExceeded() {
        return GmailFault.status(403, "dailyLimitExceeded", "Daily Limit Exceeded");
    }

    /** 429: the user's mails of the day are sent. Lasts up to a day; meet it on {@code messages.send}. */
    public static GmailFault mailSendingLimitExceeded() {
        return GmailFault.status(429, "userRateLimitExceeded", "User-rate limit exceeded.  (Mail sending)");
    }

    /** 429: the user's bytes of the day are moved, by all protocols together. Lasts for hours. */
    public static GmailFault bandwidthLimitExceeded() {
        return GmailFault.status(429, "rateLimitExceeded", "Bandwidth limit exceeded for user.");
    }

    /** 403: the domain's administrators disabled the app. Final. */
    public static GmailFault domainPolicy() {
        return GmailFault.status(403, "domainPolicy", "The domain administrators have disabled Gmail apps.");
    }

    /** 403: the token lacks a scope. Final until the user consents anew. */
    public static GmailFault insufficientPermissions() {
        return GmailFault.status(403, "insufficientPermissions", "Request had insufficient authentication scopes.");
    }

    /** 403: the API is not enabled for the project. Final until somebody does. */
    public static GmailFault accessNotConfigured() {
        return GmailFault.status(
                403,
                "accessNotConfigured",
                "Gmail API has not been used in project 123456789012 before or it is disabled. " + EXTENDED_HELP);
    }

    /** 400 "Precondition check failed": sometimes passing, sometimes no mailbox at all. */
    public static GmailFault failedPrecondition() {
        return GmailFault.status(400, "failedPrecondition", "Precondition check failed.");
    }

    /** 500 {@code backendError}. Passes. */
    public static GmailFault backendError() {
        return GmailFault.status(500, "backendError", "Backend Error");
    }

    /** 503 "The service is currently unavailable". Passes. */
    public static GmailFault unavailable() {
        return GmailFault.status(503, "backendError", "The service is currently unavailable.");
    }

    /** 502 with a page of HTML, as a gateway sends it. Passes. */
    public static GmailFault badGateway() {
        return GmailFault.status(
                502,
                "text/html; charset=UTF-8",
                "<!DOCTYPE html><html lang=en><title>Error 502 (Server Error)!!1</title>"
                        + "<p>The server encountered a temporary error and could not complete your request.</html>\n",
                Map.of());
    }

    /** 401: the access token is no longer good; a refresh helps. */
    public static GmailFault unauthorized() {
        return GmailFault.status(401, "authError", TokenEndpoint.UNAUTHENTICATED);
    }

    /** 400 {@code invalid_grant} from the token endpoint: the refresh token is revoked. Final. */
    public static GmailFault invalidGrant() {
        return GmailFault.status(
                        400,
                        "application/json; charset=UTF-8",
                        "{\"error\":\"invalid_grant\",\"error_description\":\"Token has been expired or revoked.\"}",
                        Map.of())
                .onCall("token");
    }
}
