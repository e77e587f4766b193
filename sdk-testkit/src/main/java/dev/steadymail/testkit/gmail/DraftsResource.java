package dev.steadymail.testkit.gmail;

import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** users.drafts. An update keeps the draft's id and gives it a new message; sending deletes the draft. */
final class DraftsResource {
    private static final List<String> DRAFT = List.of("DRAFT");

    private DraftsResource() {}

    static List<Route> routes() {
        return List.of(
                Route.of("drafts.list", "GET", "drafts", DraftsResource::list),
                Route.of("drafts.create", "POST", "drafts", DraftsResource::create),
                Route.of("drafts.send", "POST", "drafts/send", DraftsResource::send),
                Route.of("drafts.get", "GET", "drafts/{id}", DraftsResource::get),
                Route.of("drafts.update", "PUT", "drafts/{id}", DraftsResource::update),
                Route.of("drafts.delete", "DELETE", "drafts/{id}", DraftsResource::delete));
    }

    private static Reply list(Call call) {
        List<StoredMessage> found = Selection.of(call).messages().stream()
                .filter(message -> message.has("DRAFT"))
                .toList();
        JsonObject reply = new JsonObject();
        Page.of(call, found, Page::newestFirst)
                .write(reply, "drafts", message -> json(call, message, MessageJson.reference(message)));
        reply.addProperty("resultSizeEstimate", found.size());
        return Reply.json(reply);
    }

    private static Reply get(Call call) {
        StoredMessage message = message(call, call.id());
        return Reply.json(json(call, message, MessageJson.of(message, call)));
    }

    private static Reply create(Call call) {
        IncomingMail mail = IncomingMail.of(call);
        JsonObject inner = Call.object(mail.metadata(), "message");
        StoredMessage message = store(call, mail.rawOr(inner), Call.string(inner, "threadId"));
        return Reply.json(json(call, message, MessageJson.slim(message)));
    }

    private static Reply update(Call call) {
        StoredMessage before = message(call, call.id());
        IncomingMail mail = IncomingMail.of(call);
        JsonObject inner = Call.object(mail.metadata(), "message");
        String wanted = Call.string(inner, "threadId");
        StoredMessage after = store(call, mail.rawOr(inner), wanted == null ? before.threadId() : wanted);
        call.mailbox().drafts().replace(call.id(), after.id());
        call.mailbox().delete(before.id());
        return Reply.json(json(call, after, MessageJson.slim(after)));
    }

    private static Reply send(Call call) {
        IncomingMail mail = IncomingMail.of(call);
        String draftId = Call.string(mail.metadata(), "id");
        if (draftId == null) {
            throw ApiException.invalid("Invalid draft: its id is missing");
        }
        StoredMessage draft = message(call, draftId);
        JsonObject inner = Call.object(mail.metadata(), "message");
        byte[] raw = mail.hasMessage(inner) ? mail.rawOr(inner) : draft.raw();
        StoredMessage sent = UploadResource.deliver(call, raw, draft.threadId());
        call.mailbox().delete(draft.id());
        return Reply.json(MessageJson.slim(sent));
    }

    private static Reply delete(Call call) {
        call.mailbox().delete(message(call, call.id()).id());
        return Reply.noContent();
    }

    private static StoredMessage store(Call call, byte[] raw, @Nullable String threadId) {
        return call.mailbox().add(raw, DRAFT, call.mailbox().clock().instant(), threadId);
    }

    private static StoredMessage message(Call call, String draftId) {
        return call.mailbox().get(call.mailbox().drafts().messageId(draftId));
    }

    private static JsonObject json(Call call, StoredMessage message, JsonObject rendered) {
        JsonObject json = new JsonObject();
        json.addProperty("id", call.mailbox().drafts().draftOf(message.id()));
        json.add("message", rendered);
        return json;
    }
}
