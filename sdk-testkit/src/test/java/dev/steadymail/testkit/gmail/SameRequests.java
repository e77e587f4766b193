package dev.steadymail.testkit.gmail;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A list of requests that can be sent to any Gmail; ids that one answers are used in those after it. */
final class SameRequests {
    private static final String RAW = GmailTestCase.raw(
            TestMail.plain("Plan", "Message-ID: <one@x.example>", "Date: Mon, 5 Jan 2026 10:00:00 +0100"));
    private static final String REPLY = GmailTestCase.raw(TestMail.plain(
            "Re: Plan", "Message-ID: <two@x.example>", "In-Reply-To: <one@x.example>", "References: <one@x.example>"));
    private static final String FILE = GmailTestCase.raw(TestMail.withAttachment());
    private static final String TOO_MANY =
            "{\"ids\":[" + String.join(",", Collections.nCopies(1_001, "\"x\"")) + "],\"addLabelIds\":[\"STARRED\"]}";

    /** Name, method, path below the user, body, and what to remember of the answer as which name. */
    private static final List<Step> STEPS = List.of(
            step("getProfile", "GET", "profile", "", "historyId", "start"),
            step("labels.list", "GET", "labels", ""),
            step("labels.create", "POST", "labels", "{\"name\":\"Work/Open\"}", "id", "label"),
            step("labels.create taken", "POST", "labels", "{\"name\":\"Work/Open\"}"),
            step("labels.get", "GET", "labels/{label}", ""),
            step("labels.get absent", "GET", "labels/Label_99999", ""),
            step("labels.patch", "PATCH", "labels/{label}", "{\"name\":\"Work/Done\"}"),
            step(
                    "labels.update",
                    "PUT",
                    "labels/{label}",
                    "{\"name\":\"Work/Again\",\"labelListVisibility\":\"labelHide\"}"),
            step("labels.delete system", "DELETE", "labels/INBOX", ""),
            step("messages.insert", "POST", "messages", mail(RAW, "INBOX", "UNREAD"), "id", "first"),
            step("messages.insert reply", "POST", "messages", mail(REPLY, "INBOX"), "threadId", "thread"),
            step("messages.insert file", "POST", "messages", mail(FILE, "INBOX"), "id", "file"),
            step("messages.insert nothing", "POST", "messages", "{}"),
            step("messages.import", "POST", "messages/import", mail(RAW, "INBOX"), "id", "imported"),
            step("messages.list", "GET", "messages", ""),
            step("messages.list page", "GET", "messages?maxResults=1", ""),
            step("messages.list label", "GET", "messages?labelIds=INBOX&labelIds=UNREAD", ""),
            step("messages.list query", "GET", "messages?q=subject%3APlan", ""),
            step("messages.list none", "GET", "messages?q=subject%3Anowhere", ""),
            step("messages.get minimal", "GET", "messages/{first}?format=minimal", ""),
            step("messages.get metadata", "GET", "messages/{first}?format=metadata&metadataHeaders=Subject", ""),
            step("messages.get raw", "GET", "messages/{first}?format=raw", ""),
            step("messages.get full", "GET", "messages/{first}?format=full", ""),
            step(
                    "messages.get full file",
                    "GET",
                    "messages/{file}?format=full",
                    "",
                    "payload.parts.1.body.attachmentId",
                    "attachment"),
            step("messages.attachments.get", "GET", "messages/{file}/attachments/{attachment}", ""),
            step("messages.get absent", "GET", "messages/19a0000000000000", ""),
            step(
                    "messages.modify",
                    "POST",
                    "messages/{first}/modify",
                    "{\"addLabelIds\":[\"STARRED\"],\"removeLabelIds\":[\"UNREAD\"]}"),
            step(
                    "messages.modify label absent",
                    "POST",
                    "messages/{first}/modify",
                    "{\"addLabelIds\":[\"Label_99999\"]}"),
            step(
                    "messages.modify absent",
                    "POST",
                    "messages/19a0000000000000/modify",
                    "{\"addLabelIds\":[\"STARRED\"]}"),
            step(
                    "messages.batchModify",
                    "POST",
                    "messages/batchModify",
                    "{\"ids\":[\"{first}\"],\"addLabelIds\":[\"{label}\"]}"),
            step("messages.batchModify 1001", "POST", "messages/batchModify", TOO_MANY),
            step("messages.trash", "POST", "messages/{first}/trash", ""),
            step("messages.untrash", "POST", "messages/{first}/untrash", ""),
            step("threads.list", "GET", "threads", ""),
            step("threads.get", "GET", "threads/{thread}?format=minimal", ""),
            step("threads.get absent", "GET", "threads/19a0000000000000", ""),
            step("threads.modify", "POST", "threads/{thread}/modify", "{\"addLabelIds\":[\"IMPORTANT\"]}"),
            step("threads.trash", "POST", "threads/{thread}/trash", ""),
            step("threads.untrash", "POST", "threads/{thread}/untrash", ""),
            step("drafts.create", "POST", "drafts", "{\"message\":{\"raw\":\"" + RAW + "\"}}", "id", "draft"),
            step("drafts.list", "GET", "drafts", ""),
            step("drafts.get", "GET", "drafts/{draft}?format=minimal", ""),
            step("drafts.update", "PUT", "drafts/{draft}", "{\"message\":{\"raw\":\"" + REPLY + "\"}}"),
            step("drafts.send", "POST", "drafts/send", "{\"id\":\"{draft}\"}"),
            step("drafts.get absent", "GET", "drafts/{draft}", ""),
            step("drafts.create second", "POST", "drafts", "{\"message\":{\"raw\":\"" + RAW + "\"}}", "id", "second"),
            step("drafts.delete", "DELETE", "drafts/{second}", ""),
            step("messages.send", "POST", "messages/send", "{\"raw\":\"" + RAW + "\"}"),
            step("history.list", "GET", "history?startHistoryId={start}", "", "historyId", "now"),
            step("history.list typed", "GET", "history?startHistoryId={start}&historyTypes=labelAdded", ""),
            step("history.list quiet", "GET", "history?startHistoryId={now}", ""),
            step("history.list future", "GET", "history?startHistoryId=18446744073709551615", ""),
            step("history.list no number", "GET", "history?startHistoryId=x", ""),
            step("watch", "POST", "watch", "{\"topicName\":\"projects/p/topics/t\",\"labelIds\":[\"INBOX\"]}"),
            step("stop", "POST", "stop", ""),
            step("settings.sendAs.list", "GET", "settings/sendAs", ""),
            step("settings.forwardingAddresses.list", "GET", "settings/forwardingAddresses", ""),
            step(
                    "settings.filters.create",
                    "POST",
                    "settings/filters",
                    "{\"criteria\":{\"from\":\"b@x.example\"},\"action\":{\"addLabelIds\":[\"STARRED\"]}}",
                    "id",
                    "filter"),
            step("settings.filters.list", "GET", "settings/filters", ""),
            step("settings.filters.delete", "DELETE", "settings/filters/{filter}", ""),
            step("messages.batchDelete", "POST", "messages/batchDelete", "{\"ids\":[\"{imported}\"]}"),
            step("messages.delete", "DELETE", "messages/{file}", ""),
            step("messages.delete absent", "DELETE", "messages/{file}", ""),
            step("threads.delete", "DELETE", "threads/{thread}", ""),
            step("labels.delete", "DELETE", "labels/{label}", ""),
            step("no such method", "GET", "nothing", ""));

    private record Step(String name, String method, String path, String body, List<String> remember) {}

    /** A status and the shape of a body. */
    record Outcome(int status, Map<String, String> shape) {}

    private SameRequests() {}

    private static Step step(String name, String method, String path, String body, String... remember) {
        return new Step(name, method, path, body, List.of(remember));
    }

    private static String mail(String raw, String... labelIds) {
        JsonObject json = new JsonObject();
        json.addProperty("raw", raw);
        json.add("labelIds", Call.array(List.of(labelIds)));
        return json.toString();
    }

    /** Sends all of them and returns what came back, by the name of the step. */
    static Map<String, Outcome> sendTo(GmailHttp http) throws Exception {
        Map<String, String> known = new HashMap<>();
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        for (Step step : STEPS) {
            GmailHttp.Answer answer = http.send(http.request(filled(step.path(), known))
                    .header("Content-Type", "application/json")
                    .method(step.method(), BodyPublishers.ofString(filled(step.body(), known))));
            JsonElement body = answer.text().isBlank() ? new JsonArray() : JsonParser.parseString(answer.text());
            outcomes.put(step.name(), new Outcome(answer.status(), JsonShape.of(body)));
            if (!step.remember().isEmpty()) {
                known.put(step.remember().get(1), at(body, step.remember().get(0)));
            }
        }
        return outcomes;
    }

    private static String filled(String template, Map<String, String> known) {
        String filled = template;
        for (Map.Entry<String, String> entry : known.entrySet()) {
            filled = filled.replace("{" + entry.getKey() + "}", entry.getValue());
        }
        return filled;
    }

    private static String at(JsonElement body, String path) {
        JsonElement value = body;
        for (String key : path.split("\\.", -1)) {
            value = value.isJsonArray()
                    ? value.getAsJsonArray().get(Integer.parseInt(key))
                    : value.getAsJsonObject().get(key);
        }
        return value.getAsString();
    }
}
