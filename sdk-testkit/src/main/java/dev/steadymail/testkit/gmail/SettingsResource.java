package dev.steadymail.testkit.gmail;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** users.settings: sendAs, forwarding addresses and vacation. Filters have {@link FiltersResource}. */
final class SettingsResource {
    private static final List<String> VACATION = List.of(
            "enableAutoReply",
            "responseSubject",
            "responseBodyPlainText",
            "responseBodyHtml",
            "restrictToContacts",
            "restrictToDomain",
            "startTime",
            "endTime");

    private SettingsResource() {}

    static List<Route> routes() {
        return List.of(
                Route.of("settings.sendAs.list", "GET", "settings/sendAs", SettingsResource::listSendAs),
                Route.of("settings.sendAs.get", "GET", "settings/sendAs/{address}", SettingsResource::getSendAs),
                Route.of(
                        "settings.forwardingAddresses.list",
                        "GET",
                        "settings/forwardingAddresses",
                        SettingsResource::listForwarding),
                Route.of(
                        "settings.forwardingAddresses.get",
                        "GET",
                        "settings/forwardingAddresses/{address}",
                        SettingsResource::getForwarding),
                Route.of("settings.getVacation", "GET", "settings/vacation", SettingsResource::getVacation),
                Route.of("settings.updateVacation", "PUT", "settings/vacation", SettingsResource::updateVacation));
    }

    private static Reply listSendAs(Call call) {
        return list("sendAs", addresses(call.mailbox()));
    }

    private static Reply getSendAs(Call call) {
        return named(addresses(call.mailbox()), "sendAsEmail", call.id());
    }

    private static List<JsonObject> addresses(Mailbox mailbox) {
        JsonObject own = new JsonObject();
        own.addProperty("sendAsEmail", mailbox.address());
        own.addProperty("displayName", "");
        own.addProperty("replyToAddress", "");
        own.addProperty("signature", "");
        own.addProperty("isPrimary", true);
        own.addProperty("isDefault", true);
        List<JsonObject> all = new ArrayList<>(List.of(own));
        all.addAll(mailbox.settings().sendAs());
        return all;
    }

    private static Reply listForwarding(Call call) {
        return list("forwardingAddresses", call.mailbox().settings().forwarding());
    }

    private static Reply getForwarding(Call call) {
        return named(call.mailbox().settings().forwarding(), "forwardingEmail", call.id());
    }

    private static Reply getVacation(Call call) {
        return Reply.json(call.mailbox().settings().vacation());
    }

    private static Reply updateVacation(Call call) {
        JsonObject body = call.json();
        JsonObject vacation = new JsonObject();
        vacation.addProperty("enableAutoReply", false);
        for (String field : VACATION) {
            JsonElement value = body.get(field);
            if (value != null && !value.isJsonNull()) {
                vacation.add(field, value);
            }
        }
        requireSense(vacation);
        call.mailbox().settings().vacation(vacation);
        return Reply.json(vacation);
    }

    private static void requireSense(JsonObject vacation) {
        boolean enabled = "true".equals(Call.string(vacation, "enableAutoReply"));
        boolean says = List.of("responseSubject", "responseBodyPlainText", "responseBodyHtml").stream()
                .anyMatch(field -> !text(vacation, field).isEmpty());
        if (enabled && !says) {
            throw ApiException.invalid("Either the response subject or the response body must be nonempty");
        }
        if (millis(vacation, "startTime") >= millis(vacation, "endTime")
                && vacation.has("startTime")
                && vacation.has("endTime")) {
            throw ApiException.invalid("startTime must precede endTime");
        }
    }

    private static long millis(JsonObject vacation, String field) {
        String value = text(vacation, field);
        if (!value.matches("\\d{0,18}")) {
            throw ApiException.invalid("Invalid value at '" + field + "' (TYPE_INT64)");
        }
        return value.isEmpty() ? 0 : Long.parseLong(value);
    }

    private static String text(JsonObject object, String field) {
        String value = Call.string(object, field);
        return value == null ? "" : value;
    }

    static Reply list(String name, List<JsonObject> items) {
        JsonObject reply = new JsonObject();
        if (!items.isEmpty()) {
            JsonArray array = new JsonArray();
            items.forEach(array::add);
            reply.add(name, array);
        }
        return Reply.json(reply);
    }

    private static Reply named(List<JsonObject> all, String field, String wanted) {
        for (JsonObject one : all) {
            if (text(one, field).equalsIgnoreCase(wanted)) {
                return Reply.json(one);
            }
        }
        throw ApiException.notFound();
    }
}
