package dev.steadymail.gmail;

import com.google.api.client.http.HttpResponse;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.steadymail.guard.RetryHint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an answer with an error status says, as far as it can be read: proxies answer with HTML, and bodies can be cut.
 *
 * @param status the HTTP status
 * @param whole whether it came to its end and could be read, or is not ours to read
 * @param reason the first error's reason, empty where there is none; a word of letters only
 * @param message the server's text, empty where there is none; never shown, since it may hold personal data
 * @param limit the quota that is used up, as the message or the details name it, without blanks and in lower case, for example
 *     {@code queriesperminuteperuser}; empty where none is named
 * @param retryAfter the {@code Retry-After} field, or null
 */
record ErrorAnswer(
        int status,
        boolean whole,
        String reason,
        String message,
        String limit,
        @Nullable String retryAfter) {
    private static final int MAX_OCTETS = 1 << 16;

    private static final Pattern WORD = Pattern.compile("[A-Za-z_]{1,64}");
    /** {@code Quota exceeded for quota metric 'Queries' and limit 'Queries per minute per user' of service ...}. */
    private static final Pattern LIMIT = Pattern.compile("\\blimit '([^']{1,100})'");

    static ErrorAnswer of(HttpResponse response) {
        String retryAfter = response.getHeaders().getRetryAfter();
        try (InputStream content = response.getContent()) {
            return of(response.getStatusCode(), content, retryAfter);
        } catch (IOException cut) {
            return cut(response.getStatusCode(), retryAfter);
        }
    }

    /** @param content the body, null where there is none */
    static ErrorAnswer of(int status, @Nullable InputStream content, @Nullable String retryAfter) throws IOException {
        byte[] octets = content == null ? new byte[0] : content.readNBytes(MAX_OCTETS + 1);
        return octets.length > MAX_OCTETS
                ? cut(status, retryAfter)
                : of(status, new String(octets, StandardCharsets.UTF_8), retryAfter);
    }

    static ErrorAnswer of(int status, String body, @Nullable String retryAfter) {
        JsonElement root;
        try {
            root = body.stripLeading().startsWith("{") ? JsonParser.parseString(body) : JsonNull.INSTANCE;
        } catch (JsonParseException cut) {
            return cut(status, retryAfter);
        }
        JsonObject error = error(root);
        String message = text(error, "message");
        return new ErrorAnswer(status, true, reason(error), message, limit(error, message), retryAfter);
    }

    private static ErrorAnswer cut(int status, @Nullable String retryAfter) {
        return new ErrorAnswer(status, false, "", "", "", retryAfter);
    }

    /** Returns for example {@code 403 rateLimitExceeded}. */
    String code() {
        return reason.isEmpty() ? Integer.toString(status) : status + " " + reason;
    }

    boolean mentions(String words) {
        return message.toLowerCase(Locale.ROOT).contains(words.toLowerCase(Locale.ROOT));
    }

    /** Returns the latest time that header and message ask to wait for, or null where neither does. */
    @Nullable
    Instant retryAt(Instant now) {
        return RetryHint.later(RetryHint.header(retryAfter, now), RetryHint.text(message, now));
    }

    private static @Nullable JsonObject error(JsonElement root) {
        JsonElement error = root.isJsonObject() ? root.getAsJsonObject().get("error") : null;
        return error != null && error.isJsonObject() ? error.getAsJsonObject() : null;
    }

    private static String reason(@Nullable JsonObject error) {
        JsonElement errors = error == null ? null : error.get("errors");
        if (errors instanceof JsonArray list && !list.isEmpty() && list.get(0) instanceof JsonObject first) {
            String reason = text(first, "reason");
            return WORD.matcher(reason).matches() ? reason : "";
        }
        return "";
    }

    /** {@code google.rpc.ErrorInfo} among the details names the limit in its metadata, if it is there. */
    private static String limit(@Nullable JsonObject error, String message) {
        if (error != null && error.get("details") instanceof JsonArray details) {
            for (JsonElement detail : details) {
                JsonElement metadata = detail instanceof JsonObject object ? object.get("metadata") : null;
                String limit = metadata instanceof JsonObject object ? text(object, "quota_limit") : "";
                if (!limit.isEmpty()) {
                    return oneWord(limit);
                }
            }
        }
        Matcher named = LIMIT.matcher(message);
        return named.find() ? oneWord(named.group(1)) : "";
    }

    private static String oneWord(String limit) {
        return limit.replace(" ", "").toLowerCase(Locale.ROOT);
    }

    private static String text(@Nullable JsonObject object, String name) {
        JsonElement value = object == null ? null : object.get(name);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }
}
