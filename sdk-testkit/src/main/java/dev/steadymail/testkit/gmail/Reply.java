package dev.steadymail.testkit.gmail;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What goes back to the client. A status of {@link #DROPPED} means that the connection ends without an answer; a
 * {@code sentBytes} below the body's length means that it ends in the middle of the body.
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one call and is not shared
record Reply(int status, Map<String, String> headers, byte[] body, int sentBytes) {
    static final int DROPPED = 0;

    private static final String JSON = "application/json; charset=UTF-8";
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    static Reply json(JsonElement value) {
        return json(200, value);
    }

    static Reply json(int status, JsonElement value) {
        return of(status, JSON, GSON.toJson(value).getBytes(StandardCharsets.UTF_8));
    }

    static Reply of(int status, String contentType, byte[] body) {
        return new Reply(status, Map.of("Content-Type", contentType), body, Integer.MAX_VALUE);
    }

    static Reply noContent() {
        return new Reply(204, Map.of(), new byte[0], Integer.MAX_VALUE);
    }

    static Reply dropped() {
        return new Reply(DROPPED, Map.of(), new byte[0], 0);
    }

    static Reply error(int code, String reason, String message) {
        JsonObject detail = new JsonObject();
        detail.addProperty("message", message);
        detail.addProperty("domain", domain(code, reason));
        detail.addProperty("reason", reason);
        JsonArray errors = new JsonArray();
        errors.add(detail);
        JsonObject error = new JsonObject();
        error.addProperty("code", code);
        error.addProperty("message", message);
        error.add("errors", errors);
        error.addProperty("status", statusName(code));
        JsonObject root = new JsonObject();
        root.add("error", error);
        return json(code, root);
    }

    Reply with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Reply(status, all, body, sentBytes);
    }

    Reply cutAt(int bytes) {
        return new Reply(status, headers, body, bytes);
    }

    boolean isCut() {
        return sentBytes < body.length;
    }

    private static String domain(int code, String reason) {
        boolean limit = code == 403 && (reason.contains("imitExceeded") || reason.contains("quota"));
        return limit ? "usageLimits" : "global";
    }

    private static String statusName(int code) {
        return switch (code) {
            case 400, 413 -> "INVALID_ARGUMENT";
            case 401 -> "UNAUTHENTICATED";
            case 403 -> "PERMISSION_DENIED";
            case 404 -> "NOT_FOUND";
            case 409 -> "ABORTED";
            case 429 -> "RESOURCE_EXHAUSTED";
            case 500 -> "INTERNAL";
            case 503 -> "UNAVAILABLE";
            case 504 -> "DEADLINE_EXCEEDED";
            default -> "UNKNOWN";
        };
    }
}
