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
 * @param ids message ids in Gmail's order
 * @param nextPageToken asks for the next page; null on the last
 */
public record IdPage(List<String> ids, @Nullable String nextPageToken) {
    /** A list of nothing. */
    public static final IdPage EMPTY = new IdPage(List.of(), null);

    /** Reads an answer of {@code messages.list}. */
    public static IdPage read(InputStream content) throws IOException {
        List<String> ids = new ArrayList<>();
        String[] token = new String[1];
        JsonObjects.document(content, (name, json) -> {
            switch (name) {
                case "messages" -> ids.addAll(JsonObjects.array(json, IdPage::id));
                case "nextPageToken" -> token[0] = JsonObjects.text(json);
                default -> json.skipChildren();
            }
        });
        return new IdPage(ids, token[0]);
    }

    /** Returns the id of the object at which the parser stands, or null where it has none. */
    static @Nullable String id(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return null;
        }
        String[] id = new String[1];
        JsonObjects.object(json, (name, value) -> {
            if (name.equals("id")) {
                id[0] = JsonObjects.id(value);
            }
        });
        return id[0];
    }
}
