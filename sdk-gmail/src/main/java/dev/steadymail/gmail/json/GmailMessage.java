package dev.steadymail.gmail.json;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message as {@code messages.get} tells it.
 *
 * @param threadId its thread, or null
 * @param labelIds its labels
 * @param internalDate when it arrived, milliseconds since 1970; -1 where not told
 * @param sizeEstimate octets, roughly; 0 where not told
 * @param payload its outermost part, or null where it did not come
 * @param raw its exact octets, or null where they did not come
 */
public record GmailMessage(
        @Nullable String threadId,
        List<String> labelIds,
        long internalDate,
        long sizeEstimate,
        @Nullable GmailPart payload,
        @Nullable Octets raw) {
    /** Reads an answer of {@code messages.get}. */
    public static GmailMessage read(InputStream content) throws IOException {
        Draft draft = new Draft();
        JsonObjects.document(content, draft);
        return new GmailMessage(
                draft.threadId, draft.labelIds, draft.internalDate, draft.sizeEstimate, draft.payload, draft.raw);
    }

    @Override
    public String toString() {
        return "GmailMessage[hidden]";
    }

    private static final class Draft implements JsonObjects.FieldReader {
        private @Nullable String threadId;
        private List<String> labelIds = List.of();
        private long internalDate = -1;
        private long sizeEstimate;
        private @Nullable GmailPart payload;
        private @Nullable Octets raw;

        @Override
        public void read(String name, JsonParser json) throws IOException {
            switch (name) {
                case "threadId" -> threadId = JsonObjects.id(json);
                case "labelIds" -> labelIds = JsonObjects.texts(json);
                case "internalDate" -> internalDate = JsonObjects.number(json, -1);
                case "sizeEstimate" -> sizeEstimate = JsonObjects.number(json, 0);
                case "payload" -> payload = GmailPart.of(json);
                case "raw" -> raw = Octets.of(json);
                default -> json.skipChildren();
            }
        }
    }
}
