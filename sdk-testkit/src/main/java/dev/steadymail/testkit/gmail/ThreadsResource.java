package dev.steadymail.testkit.gmail;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** users.threads: a thread is listed when any of its messages matches. */
final class ThreadsResource {
    private ThreadsResource() {}

    static List<Route> routes() {
        return List.of(
                Route.of("threads.list", "GET", "threads", ThreadsResource::list),
                Route.of("threads.get", "GET", "threads/{id}", ThreadsResource::get),
                Route.of("threads.modify", "POST", "threads/{id}/modify", ThreadsResource::modify),
                Route.of(
                        "threads.trash",
                        "POST",
                        "threads/{id}/trash",
                        call -> relabel(call, List.of("TRASH"), List.of())),
                Route.of(
                        "threads.untrash",
                        "POST",
                        "threads/{id}/untrash",
                        call -> relabel(call, List.of(), List.of("TRASH"))),
                Route.of("threads.delete", "DELETE", "threads/{id}", ThreadsResource::delete));
    }

    private static Reply list(Call call) {
        Map<String, StoredMessage> newest = new LinkedHashMap<>();
        Selection.of(call).messages().forEach(message -> newest.putIfAbsent(message.threadId(), message));
        JsonObject reply = new JsonObject();
        Page.of(call, List.copyOf(newest.values()), Page::newestFirst)
                .write(reply, "threads", message -> summary(call.mailbox(), message));
        reply.addProperty("resultSizeEstimate", newest.size());
        return Reply.json(reply);
    }

    private static JsonObject summary(Mailbox mailbox, StoredMessage newest) {
        JsonObject json = new JsonObject();
        json.addProperty("id", newest.threadId());
        json.addProperty("snippet", MessageJson.snippet(newest));
        json.addProperty("historyId", historyId(mailbox.thread(newest.threadId())));
        return json;
    }

    private static Reply get(Call call) {
        if ("raw".equalsIgnoreCase(call.param("format"))) {
            throw ApiException.invalid("Invalid value at 'format': raw");
        }
        return Reply.json(json(call, message -> MessageJson.of(message, call)));
    }

    private static Reply modify(Call call) {
        JsonObject body = call.json();
        return relabel(
                call,
                MessagesResource.changeable(Call.strings(body, "addLabelIds")),
                MessagesResource.changeable(Call.strings(body, "removeLabelIds")));
    }

    private static Reply relabel(Call call, Collection<String> add, Collection<String> remove) {
        call.mailbox().thread(call.id()).forEach(message -> call.mailbox().modify(message.id(), add, remove));
        return Reply.json(json(call, MessageJson::slim));
    }

    private static Reply delete(Call call) {
        call.mailbox().thread(call.id()).forEach(message -> call.mailbox().delete(message.id()));
        return Reply.noContent();
    }

    private static JsonObject json(Call call, Function<StoredMessage, JsonObject> render) {
        List<StoredMessage> thread = call.mailbox().thread(call.id());
        JsonArray messages = new JsonArray();
        thread.forEach(message -> messages.add(render.apply(message)));
        JsonObject json = new JsonObject();
        json.addProperty("id", call.id());
        json.addProperty("historyId", historyId(thread));
        json.add("messages", messages);
        return json;
    }

    private static String historyId(List<StoredMessage> thread) {
        long newest = 0;
        for (StoredMessage message : thread) {
            newest = Long.compareUnsigned(message.historyId(), newest) > 0 ? message.historyId() : newest;
        }
        return Long.toUnsignedString(newest);
    }
}
