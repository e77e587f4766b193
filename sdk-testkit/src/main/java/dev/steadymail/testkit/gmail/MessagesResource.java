package dev.steadymail.testkit.gmail;

import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** users.messages: reading, listing, labels, trash and deletion. New messages come in by {@link UploadResource}. */
final class MessagesResource {
    private static final int MAX_BATCH_IDS = 1_000;
    private static final Set<String> FIXED_LABELS = Set.of("SENT", "DRAFT", "CHAT");

    private MessagesResource() {}

    static List<Route> routes() {
        return List.of(
                Route.of("messages.list", "GET", "messages", MessagesResource::list),
                Route.of("messages.get", "GET", "messages/{id}", MessagesResource::get),
                Route.of("messages.modify", "POST", "messages/{id}/modify", MessagesResource::modify),
                Route.of("messages.trash", "POST", "messages/{id}/trash", MessagesResource::trash),
                Route.of("messages.untrash", "POST", "messages/{id}/untrash", MessagesResource::untrash),
                Route.of("messages.delete", "DELETE", "messages/{id}", MessagesResource::delete),
                Route.of("messages.batchModify", "POST", "messages/batchModify", MessagesResource::batchModify),
                Route.of("messages.batchDelete", "POST", "messages/batchDelete", MessagesResource::batchDelete));
    }

    private static Reply list(Call call) {
        List<StoredMessage> found = Selection.of(call).messages();
        JsonObject reply = new JsonObject();
        Page.of(call, found, Page::newestFirst).write(reply, "messages", MessageJson::reference);
        reply.addProperty("resultSizeEstimate", found.size());
        return Reply.json(reply);
    }

    private static Reply get(Call call) {
        return Reply.json(MessageJson.of(call.mailbox().get(call.id()), call));
    }

    private static Reply modify(Call call) {
        JsonObject body = call.json();
        List<String> add = changeable(Call.strings(body, "addLabelIds"));
        List<String> remove = changeable(Call.strings(body, "removeLabelIds"));
        return Reply.json(MessageJson.slim(call.mailbox().modify(call.id(), add, remove)));
    }

    private static Reply trash(Call call) {
        return Reply.json(MessageJson.slim(call.mailbox().modify(call.id(), List.of("TRASH"), List.of())));
    }

    private static Reply untrash(Call call) {
        return Reply.json(MessageJson.slim(call.mailbox().modify(call.id(), List.of(), List.of("TRASH"))));
    }

    private static Reply delete(Call call) {
        call.mailbox().delete(call.id());
        return Reply.noContent();
    }

    private static Reply batchModify(Call call) {
        JsonObject body = call.json();
        List<String> add = changeable(Call.strings(body, "addLabelIds"));
        List<String> remove = changeable(Call.strings(body, "removeLabelIds"));
        call.mailbox().labels().requireKnown(add);
        call.mailbox().labels().requireKnown(remove);
        existing(call, body).forEach(message -> call.mailbox().modify(message.id(), add, remove));
        return Reply.noContent();
    }

    private static Reply batchDelete(Call call) {
        existing(call, call.json()).forEach(message -> call.mailbox().delete(message.id()));
        return Reply.noContent();
    }

    /** Ids of messages that are gone are passed over: the service promises nothing about them. */
    private static List<StoredMessage> existing(Call call, JsonObject body) {
        List<String> ids = Call.strings(body, "ids");
        if (ids.isEmpty()) {
            throw ApiException.invalid("No message ids specified.");
        }
        if (ids.size() > MAX_BATCH_IDS) {
            throw ApiException.invalid("Number of ids cannot exceed " + MAX_BATCH_IDS);
        }
        Collection<StoredMessage> found = new LinkedHashSet<>();
        for (String id : ids) {
            StoredMessage message = call.mailbox().find(id);
            if (message != null) {
                found.add(message);
            }
        }
        return List.copyOf(found);
    }

    /** Labels that say what a message is cannot be put on or taken off by a client. */
    static List<String> changeable(List<String> labelIds) {
        for (String id : labelIds) {
            if (FIXED_LABELS.contains(id)) {
                throw ApiException.invalid("Invalid label: " + id);
            }
        }
        return labelIds;
    }
}
