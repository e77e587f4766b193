package dev.steadymail.testkit.gmail;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Set;

/** users.settings.filters. Filters are kept, and not applied to mail that arrives. */
final class FiltersResource {
    private static final Set<String> CRITERIA = Set.of(
            "from",
            "to",
            "subject",
            "query",
            "negatedQuery",
            "hasAttachment",
            "excludeChats",
            "size",
            "sizeComparison");

    private FiltersResource() {}

    static List<Route> routes() {
        return List.of(
                Route.of("settings.filters.list", "GET", "settings/filters", FiltersResource::list),
                Route.of("settings.filters.create", "POST", "settings/filters", FiltersResource::create),
                Route.of("settings.filters.get", "GET", "settings/filters/{id}", FiltersResource::get),
                Route.of("settings.filters.delete", "DELETE", "settings/filters/{id}", FiltersResource::delete));
    }

    private static Reply list(Call call) {
        return SettingsResource.list("filter", call.mailbox().settings().filters());
    }

    private static Reply get(Call call) {
        return Reply.json(call.mailbox().settings().filter(call.id()));
    }

    private static Reply create(Call call) {
        JsonObject body = call.json();
        JsonObject criteria = Call.object(body, "criteria").deepCopy();
        criteria.keySet().retainAll(CRITERIA);
        if (criteria.isEmpty()) {
            throw ApiException.invalid("Filter doesn't have any criteria");
        }
        JsonObject action = Call.object(body, "action").deepCopy();
        action.keySet().retainAll(Set.of("addLabelIds", "removeLabelIds", "forward"));
        requireAction(call, action);
        return Reply.json(call.mailbox().settings().createFilter(criteria, action));
    }

    private static void requireAction(Call call, JsonObject action) {
        if (action.isEmpty()) {
            throw ApiException.invalid("Filter doesn't have any actions");
        }
        call.mailbox().labels().requireKnown(Call.strings(action, "addLabelIds"));
        call.mailbox().labels().requireKnown(Call.strings(action, "removeLabelIds"));
        String forward = Call.string(action, "forward");
        if (forward != null && !isAccepted(call.mailbox(), forward)) {
            throw new ApiException(400, "failedPrecondition", "Unrecognized forwarding address");
        }
    }

    private static boolean isAccepted(Mailbox mailbox, String address) {
        return mailbox.settings().forwarding().stream()
                .anyMatch(entry -> address.equalsIgnoreCase(Call.string(entry, "forwardingEmail"))
                        && "accepted".equals(Call.string(entry, "verificationStatus")));
    }

    private static Reply delete(Call call) {
        call.mailbox().settings().deleteFilter(call.id());
        return Reply.noContent();
    }
}
