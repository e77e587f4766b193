package dev.steadymail.testkit.gmail;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that found its route: whose mailbox, which ids stood in the path, and typed access to its arguments. */
record Call(ApiRequest request, Mailboxes mailboxes, Mailbox mailbox, List<String> ids) {

    String id() {
        return ids.get(0);
    }

    @Nullable
    String param(String name) {
        return request.param(name);
    }

    List<String> params(String name) {
        return request.params(name);
    }

    boolean flag(String name) {
        return request.flag(name);
    }

    /** Returns maxResults, cut to the service's limit of 500. */
    int maxResults() {
        String value = param("maxResults");
        if (value == null) {
            return 100;
        }
        if (!value.matches("\\d{1,9}")) {
            throw ApiException.invalid("Invalid value for maxResults: it must be a number from 0 to 500");
        }
        int wanted = Integer.parseInt(value);
        return wanted == 0 ? 100 : Math.min(500, wanted);
    }

    JsonObject json() {
        String text = new String(request.body(), StandardCharsets.UTF_8);
        return text.isBlank() ? new JsonObject() : parseObject(text);
    }

    static JsonObject parseObject(String text) {
        try {
            return JsonParser.parseString(text).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException malformed) {
            throw new ApiException(400, "parseError", "Invalid JSON payload received.");
        }
    }

    static @Nullable String string(JsonObject object, String name) {
        JsonElement value = object.get(name);
        if (value == null || value.isJsonNull()) {
            return null;
        }
        if (!value.isJsonPrimitive()) {
            throw ApiException.invalid("Invalid value at '" + name + "': a string is expected");
        }
        return value.getAsString();
    }

    static JsonObject object(JsonObject object, String name) {
        JsonElement value = object.get(name);
        return value != null && value.isJsonObject() ? value.getAsJsonObject() : new JsonObject();
    }

    static List<String> strings(JsonObject object, String name) {
        JsonElement value = object.get(name);
        if (value == null || value.isJsonNull()) {
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (JsonElement element : value.isJsonArray() ? value.getAsJsonArray() : new JsonArray()) {
            if (!element.isJsonPrimitive()) {
                throw ApiException.invalid("Invalid value at '" + name + "': strings are expected");
            }
            texts.add(element.getAsString());
        }
        return texts;
    }

    static JsonArray array(List<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }
}
