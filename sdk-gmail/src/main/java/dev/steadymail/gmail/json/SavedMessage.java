package dev.steadymail.gmail.json;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * A message that Gmail took, as the methods that write tell it.
 *
 * @param draftId the draft it belongs to, or null
 * @param id the message
 * @param threadId its thread, or null
 */
public record SavedMessage(
        @Nullable String draftId, String id, @Nullable String threadId) {
    /** Reads an answer with a message. */
    public static SavedMessage read(InputStream content) throws IOException {
        String[] ids = new String[2];
        JsonObjects.document(content, reader(ids));
        return of(null, ids);
    }

    /** Reads an answer with a draft, which has the message in it. */
    public static SavedMessage readDraft(InputStream content) throws IOException {
        String[] draft = new String[1];
        String[] ids = new String[2];
        JsonObjects.document(content, (name, json) -> {
            switch (name) {
                case "id" -> draft[0] = JsonObjects.id(json);
                case "message" -> JsonObjects.object(json, reader(ids));
                default -> json.skipChildren();
            }
        });
        return of(draft[0], ids);
    }

    private static JsonObjects.FieldReader reader(String[] ids) {
        return (name, json) -> {
            switch (name) {
                case "id" -> ids[0] = JsonObjects.id(json);
                case "threadId" -> ids[1] = JsonObjects.id(json);
                default -> json.skipChildren();
            }
        };
    }

    private static SavedMessage of(@Nullable String draftId, String[] ids) throws IOException {
        if (ids[0] == null) {
            throw new BadContentException("message has no id");
        }
        return new SavedMessage(draftId, ids[0], ids[1]);
    }
}
