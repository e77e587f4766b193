package dev.steadymail.testkit.gmail;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which keys a JSON value has and of which types its leaves are; elements of an array are taken together. */
final class JsonShape {
    private JsonShape() {}

    /** Returns paths such as {@code messages[].id} with the type that stands there. */
    static Map<String, String> of(JsonElement value) {
        Map<String, String> types = new TreeMap<>();
        collect("", value, types);
        return types;
    }

    /** Returns what the two do not have in common, one line for each path. */
    static List<String> differences(Map<String, String> ours, Map<String, String> theirs) {
        Map<String, String> all = new TreeMap<>(theirs);
        all.putAll(ours);
        return all.keySet().stream()
                .filter(path -> !ours.getOrDefault(path, "").equals(theirs.getOrDefault(path, "")))
                .map(path -> path + " " + ours.getOrDefault(path, "absent") + "/" + theirs.getOrDefault(path, "absent"))
                .collect(Collectors.toList());
    }

    private static void collect(String path, JsonElement value, Map<String, String> types) {
        if (value.isJsonObject()) {
            JsonObject object = value.getAsJsonObject();
            types.merge(path, "object", JsonShape::both);
            object.entrySet()
                    .forEach(entry -> collect(
                            path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), entry.getValue(), types));
        } else if (value.isJsonArray()) {
            types.merge(path, "array", JsonShape::both);
            value.getAsJsonArray().forEach(element -> collect(path + "[]", element, types));
        } else if (value.isJsonNull()) {
            types.merge(path, "null", JsonShape::both);
        } else {
            boolean text = value.getAsJsonPrimitive().isString();
            String type = text ? "string" : value.getAsJsonPrimitive().isNumber() ? "number" : "boolean";
            types.merge(path, type, JsonShape::both);
        }
    }

    private static String both(String one, String other) {
        return one.equals(other) ? one : one + "|" + other;
    }
}
