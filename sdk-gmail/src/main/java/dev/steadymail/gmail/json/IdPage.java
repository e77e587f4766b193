package dev.steadymail.gmail.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of {@code messages.list}.
 *
 * @param messages in Gmail's order
 * @param nextPageToken asks for the next page; null on the last
 */
public record IdPage(List<Listed> messages, @Nullable String nextPageToken) {
    /** A list of nothing. */
    public static final IdPage EMPTY = new IdPage(List.of(), null);

    /**
     * One message of a list.
     *
     * @param id the message's
     * @param threadId its thread's, or null where it did not come
     */
    public record Listed(String id, @Nullable String threadId) {}

    /** Reads an answer of {@code messages.list}. */
    public static IdPage read(InputStream content) throws IOException {
        List<Listed> messages = new ArrayList<>();
        String[] token = new String[1];
        JsonObjects.document(content, (name, json) -> {
            switch (name) {
                case "messages" -> messages.addAll(JsonObjects.array(json, IdPage::listed));
                case "nextPageToken" -> token[0] = JsonObjects.text(json);
                default -> json.skipChildren();
            }
        });
        return new IdPage(messages, token[0]);
    }

    /** Returns the messages' ids. */
    public List<String> ids() {
        return messages.stream().map(Listed::id).toList();
    }

    /** Returns the id of the object at which the parser stands, or null where it has none. */
    static @Nullable String id(JsonParser json) throws IOException {
        Listed listed = listed(json);
        return listed == null ? null : listed.id();
    }

    private static @Nullable Listed listed(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return null;
        }
        String[] ids = new String[2];
        JsonObjects.object(json, (name, value) -> {
            switch (name) {
                case "id" -> ids[0] = JsonObjects.id(value);
                case "threadId" -> ids[1] = JsonObjects.id(value);
                default -> value.skipChildren();
            }
        });
        return ids[0] == null ? null : new Listed(ids[0], ids[1]);
    }
}
