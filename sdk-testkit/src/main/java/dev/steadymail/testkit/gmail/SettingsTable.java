package dev.steadymail.testkit.gmail;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one user set: filters, vacation reply, addresses. Not threadsafe: used under the server's lock. */
final class SettingsTable {
    private static final int MAX_FILTERS = 1_000; // the service's own limit
    private static final int MAX_ADDRESSES = 1_000;

    private final Map<String, JsonObject> filters = new LinkedHashMap<>();
    private final List<JsonObject> sendAs = new ArrayList<>();
    private final List<JsonObject> forwarding = new ArrayList<>();
    private JsonObject vacation = new JsonObject();
    private int filtersMade;

    SettingsTable() {
        vacation.addProperty("enableAutoReply", false);
    }

    List<JsonObject> filters() {
        return List.copyOf(filters.values());
    }

    JsonObject filter(String id) {
        JsonObject filter = filters.get(id);
        if (filter == null) {
            throw ApiException.notFound();
        }
        return filter;
    }

    JsonObject createFilter(JsonObject criteria, JsonObject action) {
        for (JsonObject other : filters.values()) {
            if (criteria.equals(other.get("criteria")) && action.equals(other.get("action"))) {
                throw new ApiException(400, "failedPrecondition", "Filter already exists");
            }
        }
        if (filters.size() >= MAX_FILTERS) {
            throw new ApiException(400, "failedPrecondition", "Too many filters");
        }
        filtersMade++;
        String id = "ANe1Bmj" + filtersMade;
        JsonObject filter = new JsonObject();
        filter.addProperty("id", id);
        filter.add("criteria", criteria);
        filter.add("action", action);
        filters.put(id, filter);
        return filter;
    }

    void deleteFilter(String id) {
        filter(id);
        filters.remove(id);
    }

    JsonObject vacation() {
        return vacation;
    }

    void vacation(JsonObject changed) {
        vacation = changed;
    }

    List<JsonObject> sendAs() {
        return List.copyOf(sendAs);
    }

    void addSendAs(String address, String displayName) {
        requireRoom(sendAs);
        JsonObject alias = new JsonObject();
        alias.addProperty("sendAsEmail", address);
        alias.addProperty("displayName", displayName);
        alias.addProperty("replyToAddress", "");
        alias.addProperty("signature", "");
        alias.addProperty("treatAsAlias", true);
        alias.addProperty("verificationStatus", "accepted");
        sendAs.add(alias);
    }

    List<JsonObject> forwarding() {
        return List.copyOf(forwarding);
    }

    void addForwarding(String address, boolean accepted) {
        requireRoom(forwarding);
        JsonObject entry = new JsonObject();
        entry.addProperty("forwardingEmail", address);
        entry.addProperty("verificationStatus", accepted ? "accepted" : "pending");
        forwarding.add(entry);
    }

    private static void requireRoom(List<JsonObject> addresses) {
        if (addresses.size() >= MAX_ADDRESSES) {
            throw new IllegalArgumentException("an account has at most " + MAX_ADDRESSES + " addresses");
        }
    }
}
