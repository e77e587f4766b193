package dev.steadymail.testkit.gmail;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.steadymail.testkit.gmail.LabelTable.Label;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** users.labels. Lists carry no counts, single labels do. */
final class LabelsResource {
    private static final List<String> SETTINGS = List.of("messageListVisibility", "labelListVisibility", "color");

    private LabelsResource() {}

    static List<Route> routes() {
        return List.of(
                Route.of("labels.list", "GET", "labels", LabelsResource::list),
                Route.of("labels.create", "POST", "labels", LabelsResource::create),
                Route.of("labels.get", "GET", "labels/{id}", LabelsResource::get),
                Route.of("labels.update", "PUT", "labels/{id}", LabelsResource::update),
                Route.of("labels.patch", "PATCH", "labels/{id}", LabelsResource::patch),
                Route.of("labels.delete", "DELETE", "labels/{id}", LabelsResource::delete));
    }

    private static Reply list(Call call) {
        JsonArray all = new JsonArray();
        call.mailbox().labels().all().forEach(label -> all.add(json(label)));
        JsonObject reply = new JsonObject();
        reply.add("labels", all);
        return Reply.json(reply);
    }

    private static Reply get(Call call) {
        Label label = call.mailbox().labels().get(call.id());
        JsonObject json = json(label);
        addCounts(json, label, call.mailbox());
        return Reply.json(json);
    }

    private static Reply create(Call call) {
        JsonObject body = call.json();
        return Reply.json(json(call.mailbox().labels().create(name(body), settings(body, new JsonObject()))));
    }

    private static Reply update(Call call) {
        JsonObject body = call.json();
        JsonObject settings = settings(body, new JsonObject());
        return Reply.json(json(call.mailbox().labels().change(call.id(), name(body), settings)));
    }

    private static Reply patch(Call call) {
        JsonObject body = call.json();
        Label label = call.mailbox().labels().get(call.id());
        String name = body.has("name") ? name(body) : label.name();
        return Reply.json(json(call.mailbox().labels().change(call.id(), name, settings(body, label.settings()))));
    }

    private static Reply delete(Call call) {
        call.mailbox().deleteLabel(call.id());
        return Reply.noContent();
    }

    private static String name(JsonObject body) {
        String name = Call.string(body, "name");
        if (name == null) {
            throw ApiException.invalid("Invalid label name");
        }
        return name;
    }

    private static JsonObject settings(JsonObject body, JsonObject before) {
        JsonObject settings = before.deepCopy();
        for (String key : SETTINGS) {
            if (body.has(key)) {
                settings.add(key, body.get(key));
            }
        }
        requireKnown(settings, "messageListVisibility", Set.of("show", "hide"));
        requireKnown(settings, "labelListVisibility", Set.of("labelShow", "labelShowIfUnread", "labelHide"));
        requireColors(settings);
        return settings;
    }

    private static void requireKnown(JsonObject settings, String key, Set<String> values) {
        String value = Call.string(settings, key);
        if (value != null && !values.contains(value)) {
            throw ApiException.invalid("Invalid value at '" + key + "': " + value);
        }
    }

    /** The service takes about a hundred colours; here any will do, as long as there are two of them. */
    private static void requireColors(JsonObject settings) {
        if (settings.has("color")) {
            JsonObject color = Call.object(settings, "color");
            for (String key : List.of("textColor", "backgroundColor")) {
                String value = Call.string(color, key);
                if (value == null || !value.matches("#[0-9a-f]{6}")) {
                    throw ApiException.invalid("Label color " + value + " is not on the allowed color palette");
                }
            }
        }
    }

    private static JsonObject json(Label label) {
        JsonObject json = new JsonObject();
        json.addProperty("id", label.id());
        json.addProperty("name", label.name());
        label.settings().entrySet().forEach(setting -> json.add(setting.getKey(), setting.getValue()));
        json.addProperty("type", label.system() ? "system" : "user");
        return json;
    }

    private static void addCounts(JsonObject json, Label label, Mailbox mailbox) {
        int messages = 0;
        int unread = 0;
        Set<String> threads = new HashSet<>();
        Set<String> unreadThreads = new HashSet<>();
        for (StoredMessage message : mailbox.newestFirst()) {
            if (message.has(label.id())) {
                messages++;
                threads.add(message.threadId());
                if (message.has("UNREAD")) {
                    unread++;
                    unreadThreads.add(message.threadId());
                }
            }
        }
        json.addProperty("messagesTotal", messages);
        json.addProperty("messagesUnread", unread);
        json.addProperty("threadsTotal", threads.size());
        json.addProperty("threadsUnread", unreadThreads.size());
    }
}
