package dev.steadymail.testkit.gmail;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list. A page token names the last element already sent, so that what arrives or goes between two pages
 * neither doubles nor hides the rest.
 *
 * @param items what stands on this page
 * @param nextToken where the next page starts, null on the last one
 */
record Page<T>(List<T> items, @Nullable String nextToken) {

    /** Cuts the page that the call asks for; {@code position} gives texts that rise along the list. */
    static <T> Page<T> of(Call call, List<T> all, Function<T, String> position) {
        String after = decode(call.param("pageToken"));
        int size = call.maxResults();
        List<T> items = new ArrayList<>();
        for (T item : all) {
            if (after != null && position.apply(item).compareTo(after) <= 0) {
                continue;
            }
            if (items.size() == size) {
                return new Page<>(items, encode(position.apply(items.get(size - 1))));
            }
            items.add(item);
        }
        return new Page<>(items, null);
    }

    /** Adds the items under {@code name}, nothing if there are none, and the token of the next page. */
    void write(JsonObject target, String name, Function<T, JsonElement> render) {
        if (!items.isEmpty()) {
            JsonArray array = new JsonArray();
            items.forEach(item -> array.add(render.apply(item)));
            target.add(name, array);
        }
        if (nextToken != null) {
            target.addProperty("nextPageToken", nextToken);
        }
    }

    /** Returns a position for lists with the newest first. */
    static String newestFirst(StoredMessage message) {
        long time = Long.MAX_VALUE - message.internalDate().toEpochMilli();
        long id = Long.MAX_VALUE - Long.parseUnsignedLong(message.id(), 16);
        return String.format(Locale.ROOT, "%016x%016x", time, id);
    }

    private static String encode(String position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable String decode(@Nullable String token) {
        if (token == null || token.isEmpty()) {
            return null;
        }
        try {
            return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw ApiException.invalid("Invalid pageToken");
        }
    }
}
