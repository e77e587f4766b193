package dev.steadymail.testkit.gmail;

import com.google.gson.JsonObject;
import java.util.List;

/** users.getProfile. */
final class ProfileResource {
    private ProfileResource() {}

    static List<Route> routes() {
        return List.of(Route.of("getProfile", "GET", "profile", ProfileResource::profile));
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
}
