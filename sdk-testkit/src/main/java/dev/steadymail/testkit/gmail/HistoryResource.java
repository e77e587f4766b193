package dev.steadymail.testkit.gmail;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.steadymail.testkit.gmail.HistoryLog.Change;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** users.history. */
final class HistoryResource {
    private HistoryResource() {}

    static List<Route> routes() {
        return List.of(Route.of("history.list", "GET", "history", HistoryResource::list));
    }

    private static Reply list(Call call) {
        HistoryLog history = call.mailbox().history();
        Set<String> types = types(call);
        String label = call.param("labelId");
        List<HistoryLog.Entry> entries = history.after(start(call)).stream()
                .map(entry -> filtered(entry, types, label))
                .filter(entry -> !entry.changes().isEmpty())
                .toList();
        JsonObject reply = new JsonObject();
        Page.of(call, entries, entry -> String.format(Locale.ROOT, "%016x", entry.id()))
                .write(reply, "history", HistoryResource::json);
        reply.addProperty("historyId", Long.toUnsignedString(history.current()));
        return Reply.json(reply);
    }

    private static long start(Call call) {
        String value = call.param("startHistoryId");
        if (value == null) {
            throw ApiException.invalid("Missing/Invalid startHistoryId");
        }
        try {
            return Long.parseUnsignedLong(value);
        } catch (NumberFormatException notUnsigned64Bit) {
            throw ApiException.invalid("Invalid value at 'start_history_id' (TYPE_UINT64)");
        }
    }

    private static Set<String> types(Call call) {
        Set<String> types = new LinkedHashSet<>(call.params("historyTypes"));
        for (String type : types) {
            if (Arrays.stream(HistoryLog.Type.values()).noneMatch(known -> known.filterName.equals(type))) {
                throw ApiException.invalid("Invalid value at 'history_types': " + type);
            }
        }
        return types;
    }

    private static HistoryLog.Entry filtered(HistoryLog.Entry entry, Set<String> types, @Nullable String label) {
        List<Change> kept = new ArrayList<>(entry.changes());
        kept.removeIf(change -> !types.isEmpty() && !types.contains(change.type().filterName));
        kept.removeIf(change -> label != null
                && !change.labels().contains(label)
                && !change.changedLabels().contains(label));
        return new HistoryLog.Entry(entry.id(), kept);
    }

    private static JsonObject json(HistoryLog.Entry entry) {
        JsonObject json = new JsonObject();
        json.addProperty("id", Long.toUnsignedString(entry.id()));
        JsonArray messages = new JsonArray();
        for (Change change : entry.changes()) {
            JsonObject reference = reference(change);
            if (!messages.contains(reference)) {
                messages.add(reference);
            }
        }
        json.add("messages", messages);
        entry.changes().forEach(change -> addTyped(json, change));
        return json;
    }

    private static void addTyped(JsonObject json, Change change) {
        JsonObject message = reference(change);
        if (!change.labels().isEmpty()) {
            message.add("labelIds", Call.array(change.labels()));
        }
        JsonObject item = new JsonObject();
        item.add("message", message);
        if (!change.changedLabels().isEmpty()) {
            item.add("labelIds", Call.array(change.changedLabels()));
        }
        String name = change.type().arrayName;
        if (!json.has(name)) {
            json.add(name, new JsonArray());
        }
        json.getAsJsonArray(name).add(item);
    }

    private static JsonObject reference(Change change) {
        JsonObject json = new JsonObject();
        json.addProperty("id", change.messageId());
        json.addProperty("threadId", change.threadId());
        return json;
    }
}
