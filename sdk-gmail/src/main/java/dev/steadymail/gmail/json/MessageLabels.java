package dev.steadymail.gmail.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message and labels that came to it or were taken off.
 *
 * @param id the message's
 * @param labelIds the labels
 */
public record MessageLabels(String id, List<String> labelIds) {
    /** Reads {@code messageAdded} and its like, where labels are the message's own, or stand beside it. */
    static @Nullable MessageLabels of(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return null;
        }
        Draft draft = new Draft();
        JsonObjects.object(json, draft);
        String id = draft.id;
        return id == null ? null : new MessageLabels(id, draft.beside == null ? draft.own : draft.beside);
    }

    private static final class Draft implements JsonObjects.FieldReader {
        private @Nullable String id;
        private List<String> own = List.of();
        private @Nullable List<String> beside;

        @Override
        public void read(String name, JsonParser json) throws IOException {
            switch (name) {
                case "message" -> JsonObjects.object(json, this::message);
                case "labelIds" -> beside = JsonObjects.texts(json);
                default -> json.skipChildren();
            }
        }

        private void message(String name, JsonParser json) throws IOException {
            switch (name) {
                case "id" -> id = JsonObjects.id(json);
                case "labelIds" -> own = JsonObjects.texts(json);
                default -> json.skipChildren();
            }
        }
    }
}
