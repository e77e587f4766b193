package dev.steadymail.testkit.conformance;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.steadymail.mail.Keyword;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Changes the mail on anything that speaks Gmail's REST API v1: messages are inserted with their Date field as time of arrival,
 * answers join the thread of what they answer. A message that the search for its Message-ID does not find is looked for among the 500
 * listed first. Not thread-safe; waits at most 15 seconds for an answer.
 */
public final class GmailBackdoor implements Backdoor {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final Pattern IN_REPLY_TO =
            Pattern.compile("^In-Reply-To:\\s*(<[^>\r\n]+>)", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final String users;
    private final String accessToken;

    /**
     * Talks to a server.
     *
     * @param root where the API starts, for example {@code http://127.0.0.1:8080/}; {@code gmail/v1/users/me/} is added
     * @param accessToken sent as bearer token
     */
    public GmailBackdoor(URI root, String accessToken) {
        this.users = root + (root.toString().endsWith("/") ? "" : "/") + "gmail/v1/users/me/";
        this.accessToken = accessToken;
    }

    @Override
    public void deliver(String mailbox, byte[] message, Set<Keyword> keywords, Instant receivedAt) {
        JsonObject insert = new JsonObject();
        insert.addProperty("raw", Base64.getUrlEncoder().encodeToString(message));
        insert.add("labelIds", labels(mailbox, keywords));
        Matcher answer = IN_REPLY_TO.matcher(header(message));
        if (answer.find()) {
            ids(answer.group(1)).stream().findFirst().ifPresent(id -> insert.addProperty("threadId", threadOf(id)));
        }
        call("POST", "messages?internalDateSource=dateHeader", insert);
    }

    @Override
    public void addTo(String mailbox, String messageId) {
        JsonObject change = new JsonObject();
        change.add("addLabelIds", array(List.of(labelId(mailbox))));
        modify(messageId, change);
    }

    @Override
    public void createMailbox(String name) {
        JsonObject label = new JsonObject();
        label.addProperty("name", name);
        call("POST", "labels", label);
    }

    @Override
    public void renameMailbox(String from, String to) {
        JsonObject label = new JsonObject();
        label.addProperty("name", to);
        call("PATCH", "labels/" + encoded(labelId(from)), label);
    }

    @Override
    public void remove(String messageId) {
        ids(messageId).forEach(id -> call("DELETE", "messages/" + encoded(id), null));
    }

    @Override
    public void setKeywords(String messageId, Set<Keyword> keywords) {
        List<String> add = new ArrayList<>();
        List<String> remove = new ArrayList<>();
        (keywords.contains(Keyword.SEEN) ? remove : add).add("UNREAD");
        (keywords.contains(Keyword.FLAGGED) ? add : remove).add("STARRED");
        JsonObject change = new JsonObject();
        change.add("addLabelIds", array(add));
        change.add("removeLabelIds", array(remove));
        modify(messageId, change);
    }

    /** Does nothing: connections are kept by the JDK and end by themselves. */
    @Override
    public void close() {}

    private void modify(String messageId, JsonObject change) {
        ids(messageId).forEach(id -> call("POST", "messages/" + encoded(id) + "/modify", change));
    }

    private JsonArray labels(String mailbox, Set<Keyword> keywords) {
        List<String> labels = new ArrayList<>(List.of(labelId(mailbox)));
        if (!keywords.contains(Keyword.SEEN)) {
            labels.add("UNREAD");
        }
        if (keywords.contains(Keyword.FLAGGED)) {
            labels.add("STARRED");
        }
        return array(labels);
    }

    private String labelId(String name) {
        for (JsonElement label : elements(call("GET", "labels", null), "labels")) {
            if (text(label, "name").equals(name)) {
                return text(label, "id");
            }
        }
        throw new IllegalArgumentException("the account has no label of that name");
    }

    private List<String> ids(String messageId) {
        List<String> found = listed("q=" + encoded("rfc822msgid:" + messageId));
        return found.isEmpty() ? read(messageId) : found;
    }

    private List<String> listed(String parameters) {
        JsonObject page = call("GET", "messages?includeSpamTrash=true&maxResults=500&" + parameters, null);
        List<String> ids = new ArrayList<>();
        elements(page, "messages").forEach(message -> ids.add(text(message, "id")));
        return ids;
    }

    /** There are servers that know the search for a Message-ID and find nothing by it. */
    private List<String> read(String messageId) {
        return listed("").stream().filter(id -> hasMessageId(id, messageId)).toList();
    }

    private boolean hasMessageId(String id, String messageId) {
        String view = "?format=metadata&metadataHeaders=Message-ID";
        JsonElement payload =
                call("GET", "messages/" + encoded(id) + view, null).get("payload");
        if (payload == null) {
            return false;
        }
        for (JsonElement field : elements(payload.getAsJsonObject(), "headers")) {
            if (text(field, "value").strip().equals(messageId)) {
                return true;
            }
        }
        return false;
    }

    private String threadOf(String id) {
        return text(call("GET", "messages/" + encoded(id) + "?format=minimal", null), "threadId");
    }

    private JsonObject call(String method, String path, @Nullable JsonObject body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(users + path))
                .timeout(TIMEOUT)
                .header("Authorization", "Bearer " + accessToken)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
                .build();
        HttpResponse<String> response = send(request);
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException("the server answered a " + method + " with " + response.statusCode());
        }
        return response.body().isBlank()
                ? new JsonObject()
                : JsonParser.parseString(response.body()).getAsJsonObject();
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the server", interrupt);
        }
    }

    private static String header(byte[] message) {
        String text = new String(message, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        return end < 0 ? text : text.substring(0, end);
    }

    private static Iterable<JsonElement> elements(JsonObject page, String name) {
        return page.has(name) ? page.getAsJsonArray(name) : new JsonArray();
    }

    private static String text(JsonElement object, String name) {
        return object.getAsJsonObject().get(name).getAsString();
    }

    private static JsonArray array(List<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
