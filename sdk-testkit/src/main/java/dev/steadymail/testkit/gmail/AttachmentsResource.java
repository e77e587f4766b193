package dev.steadymail.testkit.gmail;

import com.google.gson.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** users.messages.attachments. */
final class AttachmentsResource {
    private AttachmentsResource() {}

    static List<Route> routes() {
        return List.of(Route.of(
                "messages.attachments.get", "GET", "messages/{id}/attachments/{attachment}", AttachmentsResource::get));
    }

    private static Reply get(Call call) {
        StoredMessage message = call.mailbox().get(call.id());
        MimePart part = find(message.id(), message.mime(), "", call.ids().get(1));
        if (part == null) {
            throw ApiException.invalid("Invalid attachment token");
        }
        byte[] content = part.content();
        JsonObject reply = new JsonObject();
        reply.addProperty("size", content.length);
        reply.addProperty("data", MessageJson.base64Url(content));
        return Reply.json(reply);
    }

    private static @Nullable MimePart find(String messageId, MimePart part, String partId, String wanted) {
        if (part.isAttachment() && MessageJson.attachmentId(messageId, partId).equals(wanted)) {
            return part;
        }
        for (int i = 0; i < part.children().size(); i++) {
            String childId = MessageJson.childId(partId, i);
            MimePart found = find(messageId, part.children().get(i), childId, wanted);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
