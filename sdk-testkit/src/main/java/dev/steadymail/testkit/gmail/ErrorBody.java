package dev.steadymail.testkit.gmail;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/** Google's JSON error bodies. */
final class ErrorBody {
    private static final String CONSUMER = "projects/123456789012";

    private ErrorBody() {}

    static Reply reply(int code, String reason, String message, GmailErrorShape shape) {
        JsonObject error = new JsonObject();
        error.addProperty("code", code);
        error.addProperty("message", message);
        if (shape != GmailErrorShape.DETAILS) {
            error.add("errors", errors(code, reason, message));
        }
        error.addProperty("status", status(code, reason));
        String info = shape == GmailErrorShape.ERRORS ? null : info(reason);
        if (info != null) {
            error.add("details", details(info));
        }
        JsonObject root = new JsonObject();
        root.add("error", error);
        return Reply.json(code, root);
    }

    private static JsonArray errors(int code, String reason, String message) {
        JsonObject only = new JsonObject();
        only.addProperty("message", message);
        only.addProperty("domain", domain(code, reason));
        only.addProperty("reason", reason);
        if (reason.equals("authError")) {
            only.addProperty("location", "Authorization");
            only.addProperty("locationType", "header");
        }
        JsonArray errors = new JsonArray();
        errors.add(only);
        return errors;
    }

    private static JsonArray details(String info) {
        JsonObject metadata = new JsonObject();
        metadata.addProperty("service", "gmail.googleapis.com");
        metadata.addProperty("consumer", CONSUMER);
        if (info.equals("RATE_LIMIT_EXCEEDED")) {
            metadata.addProperty("quota_metric", "gmail.googleapis.com/default");
            metadata.addProperty("quota_limit", "defaultPerMinutePerUser");
        }
        JsonObject detail = new JsonObject();
        detail.addProperty("@type", "type.googleapis.com/google.rpc.ErrorInfo");
        detail.addProperty("reason", info);
        detail.addProperty("domain", "googleapis.com");
        detail.add("metadata", metadata);
        JsonArray details = new JsonArray();
        details.add(detail);
        return details;
    }

    /** Returns the reason of {@code google.api.ErrorReason} that means the same, null if there is none. */
    private static @Nullable String info(String reason) {
        return switch (reason) {
            case "rateLimitExceeded", "userRateLimitExceeded", "dailyLimitExceeded", "quotaExceeded" ->
                "RATE_LIMIT_EXCEEDED";
            case "accessNotConfigured" -> "SERVICE_DISABLED";
            case "insufficientPermissions" -> "ACCESS_TOKEN_SCOPE_INSUFFICIENT";
            case "authError" -> "ACCESS_TOKEN_EXPIRED";
            default -> null;
        };
    }

    private static String domain(int code, String reason) {
        boolean limit = code == 403 && (reason.contains("imitExceeded") || reason.contains("quota"));
        return limit || reason.equals("accessNotConfigured") ? "usageLimits" : "global";
    }

    private static String status(int code, String reason) {
        return switch (code) {
            case 400 -> reason.equals("failedPrecondition") ? "FAILED_PRECONDITION" : "INVALID_ARGUMENT";
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 409 -> "ABORTED";
            case 413 -> "INVALID_ARGUMENT";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 500 -> "INTERNAL";
            case 503 -> "UNAVAILABLE";
            case 504 -> "DEADLINE_EXCEEDED";
            default -> "UNKNOWN";
        };
    }
}
