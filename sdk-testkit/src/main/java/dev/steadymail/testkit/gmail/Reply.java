package dev.steadymail.testkit.gmail;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What goes back to the client. A {@code sentBytes} below the body's length means that the rest never comes: the
 * connection ends there, or stays open in silence if the reply {@code stalls}.
 */
@SuppressWarnings("ArrayRecordComponent") // lives for one call and is not shared
record Reply(int status, Map<String, String> headers, byte[] body, int sentBytes, boolean stalls) {
    /** The connection ends without an answer. */
    static final int DROPPED = 0;
    /** A part of a batch that is left out of the answer. */
    static final int ABSENT = -1;

    private static final String JSON = "application/json; charset=UTF-8";
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    static Reply json(JsonElement value) {
        return json(200, value);
    }

    static Reply json(int status, JsonElement value) {
        return of(status, JSON, GSON.toJson(value).getBytes(StandardCharsets.UTF_8));
    }

    static Reply of(int status, String contentType, byte[] body) {
        return new Reply(status, Map.of("Content-Type", contentType), body, Integer.MAX_VALUE, false);
    }

    /** Returns a reply without a body. */
    static Reply bare(int status, Map<String, String> headers) {
        return new Reply(status, headers, new byte[0], Integer.MAX_VALUE, false);
    }

    static Reply noContent() {
        return bare(204, Map.of());
    }

    static Reply dropped() {
        return bare(DROPPED, Map.of());
    }

    static Reply absent() {
        return bare(ABSENT, Map.of());
    }

    Reply with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return new Reply(status, all, body, sentBytes, stalls);
    }

    Reply withBody(byte[] other) {
        return new Reply(status, headers, other, sentBytes, stalls);
    }

    Reply cutAt(int bytes) {
        return new Reply(status, headers, body, bytes, false);
    }

    Reply stalledAt(int bytes) {
        return new Reply(status, headers, body, bytes, true);
    }

    boolean isAnswer() {
        return status > DROPPED;
    }
}
