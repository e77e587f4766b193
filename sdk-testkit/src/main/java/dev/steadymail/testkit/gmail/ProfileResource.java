package dev.steadymail.testkit.gmail;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;

/** users.getProfile and users.settings.sendAs. */
final class ProfileResource {
    private ProfileResource() {}

    static List<Route> routes() {
        return List.of(
                Route.of("getProfile", "GET", "profile", ProfileResource::profile),
                Route.of("settings.sendAs.list", "GET", "settings/sendAs", ProfileResource::listSendAs),
                Route.of("settings.sendAs.get", "GET", "settings/sendAs/{address}", ProfileResource::getSendAs));
    }

    private static Reply profile(Call call) {
        Mailbox mailbox = call.mailbox();
        JsonObject profile = new JsonObject();
        profile.addProperty("emailAddress", mailbox.address());
        profile.addProperty("messagesTotal", mailbox.messageCount());
        profile.addProperty("threadsTotal", mailbox.threadCount());
        profile.addProperty("historyId", Long.toUnsignedString(mailbox.history().current()));
        return Reply.json(profile);
    }

    private static Reply listSendAs(Call call) {
        JsonArray all = new JsonArray();
        all.add(sendAs(call.mailbox()));
        JsonObject reply = new JsonObject();
        reply.add("sendAs", all);
        return Reply.json(reply);
    }

    private static Reply getSendAs(Call call) {
        if (!call.id().equalsIgnoreCase(call.mailbox().address())) {
            throw ApiException.notFound();
        }
        return Reply.json(sendAs(call.mailbox()));
    }

    private static JsonObject sendAs(Mailbox mailbox) {
        JsonObject alias = new JsonObject();
        alias.addProperty("sendAsEmail", mailbox.address());
        alias.addProperty("displayName", "");
        alias.addProperty("replyToAddress", "");
        alias.addProperty("signature", "");
        alias.addProperty("isPrimary", true);
        alias.addProperty("isDefault", true);
        return alias;
    }
}
