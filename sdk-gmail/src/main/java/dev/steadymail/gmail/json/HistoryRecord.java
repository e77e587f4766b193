package dev.steadymail.gmail.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One record of a mailbox's history.
 *
 * @param messages ids of all messages that it concerns
 * @param added messages that came, with their labels then
 * @param deleted messages that are gone
 * @param labelsAdded labels that came to messages
 * @param labelsRemoved labels that were taken off messages
 */
public record HistoryRecord(
        List<String> messages,
        List<MessageLabels> added,
        List<MessageLabels> deleted,
        List<MessageLabels> labelsAdded,
        List<MessageLabels> labelsRemoved) {
    static @Nullable HistoryRecord of(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return null;
        }
        Draft draft = new Draft();
        JsonObjects.object(json, draft);
        return new HistoryRecord(draft.messages, draft.added, draft.deleted, draft.labelsAdded, draft.labelsRemoved);
    }

    private static final class Draft implements JsonObjects.FieldReader {
        private List<String> messages = List.of();
        private List<MessageLabels> added = List.of();
        private List<MessageLabels> deleted = List.of();
        private List<MessageLabels> labelsAdded = List.of();
        private List<MessageLabels> labelsRemoved = List.of();

        @Override
        public void read(String name, JsonParser json) throws IOException {
            switch (name) {
                case "messages" -> messages = JsonObjects.array(json, IdPage::id);
                case "messagesAdded" -> added = JsonObjects.array(json, MessageLabels::of);
                case "messagesDeleted" -> deleted = JsonObjects.array(json, MessageLabels::of);
                case "labelsAdded" -> labelsAdded = JsonObjects.array(json, MessageLabels::of);
                case "labelsRemoved" -> labelsRemoved = JsonObjects.array(json, MessageLabels::of);
                default -> json.skipChildren();
            }
        }
    }
}
