package dev.steadymail.testkit.gmail;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** How a message looks in the API, at each format. */
final class MessageJson {
    private static final int SNIPPET_LENGTH = 200;
    private static final int SNIPPET_SOURCE = 20_000;

    private MessageJson() {}

    /** Returns id and threadId. */
    static JsonObject reference(StoredMessage message) {
        JsonObject json = new JsonObject();
        json.addProperty("id", message.id());
        json.addProperty("threadId", message.threadId());
        return json;
    }

    /** Returns id, threadId and labelIds, as writes answer. */
    static JsonObject slim(StoredMessage message) {
        JsonObject json = reference(message);
        if (!message.labels().isEmpty()) {
            json.add("labelIds", Call.array(message.labels()));
        }
        return json;
    }

    static JsonObject of(StoredMessage message, Call call) {
        String wanted = call.param("format");
        String format = wanted == null ? "full" : wanted.toLowerCase(Locale.ROOT);
        JsonObject json = slim(message);
        json.addProperty("snippet", snippet(message));
        switch (format) {
            case "minimal" -> {}
            case "raw" -> json.addProperty("raw", base64Url(message.raw()));
            case "metadata" -> json.add("payload", metadata(message.mime(), call.params("metadataHeaders")));
            case "full" -> json.add("payload", part(message.id(), message.mime(), ""));
            default -> throw ApiException.invalid("Invalid value at 'format': " + wanted);
        }
        json.addProperty("sizeEstimate", message.raw().length);
        json.addProperty("historyId", Long.toUnsignedString(message.historyId()));
        json.addProperty("internalDate", Long.toString(message.internalDate().toEpochMilli()));
        return json;
    }

    static String snippet(StoredMessage message) {
        MimePart plain = message.mime().inlineText("text/plain");
        MimePart shown = plain == null ? message.mime().inlineText("text/html") : plain;
        if (shown == null) {
            return "";
        }
        String text = shown.text();
        String start = text.substring(0, Math.min(text.length(), SNIPPET_SOURCE));
        String visible = plain == null ? start.replaceAll("<[^<>]*>", " ") : start;
        String line = visible.replaceAll("\\s+", " ").strip();
        return escapeHtml(line.substring(0, Math.min(line.length(), SNIPPET_LENGTH)));
    }

    static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    /** Returns an id that names the part; clients must take it as opaque. */
    static String attachmentId(String messageId, String partId) {
        byte[] name = (messageId + ":" + partId).getBytes(StandardCharsets.UTF_8);
        return "ANGjdJ" + Base64.getUrlEncoder().withoutPadding().encodeToString(name);
    }

    private static JsonObject metadata(MimePart part, List<String> names) {
        JsonObject json = new JsonObject();
        json.addProperty("mimeType", part.contentType().mimeType());
        JsonArray headers = headers(part, names);
        if (!headers.isEmpty()) {
            json.add("headers", headers);
        }
        return json;
    }

    private static JsonObject part(String messageId, MimePart part, String partId) {
        JsonObject json = new JsonObject();
        json.addProperty("partId", partId);
        json.addProperty("mimeType", part.contentType().mimeType());
        json.addProperty("filename", part.filename());
        json.add("headers", headers(part, List.of()));
        json.add("body", body(messageId, part, partId));
        if (!part.children().isEmpty()) {
            JsonArray parts = new JsonArray();
            for (int i = 0; i < part.children().size(); i++) {
                parts.add(part(messageId, part.children().get(i), childId(partId, i)));
            }
            json.add("parts", parts);
        }
        return json;
    }

    static String childId(String parentId, int index) {
        return parentId.isEmpty() ? Integer.toString(index) : parentId + "." + index;
    }

    private static JsonObject body(String messageId, MimePart part, String partId) {
        JsonObject body = new JsonObject();
        if (part.contentType().isMultipart()) {
            body.addProperty("size", 0);
            return body;
        }
        byte[] content = part.content();
        if (part.isAttachment()) {
            body.addProperty("attachmentId", attachmentId(messageId, partId));
        }
        body.addProperty("size", content.length);
        if (!part.isAttachment() && content.length > 0) {
            body.addProperty("data", base64Url(content));
        }
        return body;
    }

    private static JsonArray headers(MimePart part, List<String> names) {
        JsonArray headers = new JsonArray();
        for (MimeHeader header : part.headers()) {
            if (names.isEmpty() || names.stream().anyMatch(name -> MimeReader.sameName(name, header.name()))) {
                JsonObject json = new JsonObject();
                json.addProperty("name", header.name());
                json.addProperty("value", header.value());
                headers.add(json);
            }
        }
        return headers;
    }

    private static String escapeHtml(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
