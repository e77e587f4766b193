package dev.steadymail.gmail;

import com.google.api.client.http.HttpResponse;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an answer with an error status says, as far as it can be read: proxies answer with HTML, and bodies can be cut.
 *
 * @param status the HTTP status
 * @param reason the first error's reason, empty where there is none; a word of letters only
 * @param message the server's text, empty where there is none; never shown, since it may hold personal data
 * @param retryAfter the {@code Retry-After} field, or null
 */
record ErrorAnswer(
        int status, String reason, String message, @Nullable String retryAfter) {
    static final int MAX_OCTETS = 1 << 16;
    /** What a server may ask for at most; more is taken for a mistake. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(7);

    private static final Pattern WORD = Pattern.compile("[A-Za-z_]{1,64}");
    private static final Pattern RETRY_AFTER = Pattern.compile(
            "Retry after (\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?Z)", Pattern.CASE_INSENSITIVE);

    static ErrorAnswer of(HttpResponse response) {
        JsonObject error = error(body(response));
        return new ErrorAnswer(
                response.getStatusCode(),
                reason(error),
                text(error, "message"),
                response.getHeaders().getRetryAfter());
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
        Instant header = headerTime(retryAfter, now);
        Instant text = messageTime();
        Instant later = header == null || (text != null && text.isAfter(header)) ? text : header;
        return bounded(later, now);
    }

    /** Returns the time that a {@code Retry-After} field asks to wait for, or null where it is missing or unreadable. */
    static @Nullable Instant retryAt(@Nullable String retryAfter, Instant now) {
        return bounded(headerTime(retryAfter, now), now);
    }

    private static @Nullable Instant bounded(@Nullable Instant time, Instant now) {
        Instant longest = now.plus(LONGEST_WAIT);
        return time != null && time.isAfter(longest) ? longest : time;
    }

    /** Seconds or an HTTP date (RFC 9110 section 10.2.3). */
    private static @Nullable Instant headerTime(@Nullable String retryAfter, Instant now) {
        if (retryAfter == null) {
            return null;
        }
        String value = retryAfter.strip();
        if (value.matches("\\d{1,9}")) {
            return now.plusSeconds(Long.parseLong(value));
        }
        try {
            return DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from);
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    private @Nullable Instant messageTime() {
        Matcher matcher = RETRY_AFTER.matcher(message);
        try {
            return matcher.find() ? Instant.parse(matcher.group(1)) : null;
        } catch (DateTimeParseException noSuchDay) {
            return null;
        }
    }

    private static String body(HttpResponse response) {
        try (InputStream content = response.getContent()) {
            return content == null ? "" : new String(content.readNBytes(MAX_OCTETS), StandardCharsets.UTF_8);
        } catch (IOException cut) {
            return "";
        }
    }

    private static @Nullable JsonObject error(String body) {
        if (!body.stripLeading().startsWith("{")) {
            return null;
        }
        try {
            JsonElement root = JsonParser.parseString(body);
            JsonElement error = root.isJsonObject() ? root.getAsJsonObject().get("error") : null;
            return error != null && error.isJsonObject() ? error.getAsJsonObject() : null;
        } catch (JsonParseException notJson) {
            return null;
        }
    }

    private static String reason(@Nullable JsonObject error) {
        JsonElement errors = error == null ? null : error.get("errors");
        if (errors instanceof JsonArray list && !list.isEmpty() && list.get(0) instanceof JsonObject first) {
            String reason = text(first, "reason");
            return WORD.matcher(reason).matches() ? reason : "";
        }
        return "";
    }

    private static String text(@Nullable JsonObject object, String name) {
        JsonElement value = object == null ? null : object.get(name);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }
}
