package dev.steadymail.testkit.gmail;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;

/** users.watch and users.stop. */
final class WatchResource {
    private static final String TOPIC = "projects/[^/]+/topics/[^/]+";

    private WatchResource() {}

    static List<Route> routes() {
        return List.of(
                Route.of("watch", "POST", "watch", WatchResource::watch),
                Route.of("stop", "POST", "stop", WatchResource::stop));
    }

    private static Reply watch(Call call) {
        JsonObject body = call.json();
        String topic = Call.string(body, "topicName");
        if (topic == null || !topic.matches(TOPIC)) {
            throw ApiException.invalid("Invalid topicName does not match projects/{project}/topics/*");
        }
        List<String> labelIds = Call.strings(body, "labelIds");
        call.mailbox().labels().requireKnown(labelIds);
        Watches.Watch watch = call.mailboxes().watches().start(call.mailbox(), topic, labelIds, excludes(body));
        JsonObject reply = new JsonObject();
        reply.addProperty(
                "historyId", Long.toUnsignedString(call.mailbox().history().current()));
        reply.addProperty("expiration", Long.toString(watch.expiration().toEpochMilli()));
        return Reply.json(reply);
    }

    /** The older name of the field is {@code labelFilterAction}. */
    private static boolean excludes(JsonObject body) {
        String behavior = Call.string(body, "labelFilterBehavior");
        String named = behavior == null ? Call.string(body, "labelFilterAction") : behavior;
        return switch (named == null ? "include" : named.toLowerCase(Locale.ROOT)) {
            case "include" -> false;
            case "exclude" -> true;
            default -> throw ApiException.invalid("Invalid value at 'label_filter_behavior': " + named);
        };
    }

    private static Reply stop(Call call) {
        call.mailboxes().watches().stop(call.mailbox());
        return Reply.noContent();
    }
}
