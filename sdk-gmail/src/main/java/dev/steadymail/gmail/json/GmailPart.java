package dev.steadymail.gmail.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One part of a message, the whole message's own included.
 *
 * @param partId empty for the outermost
 * @param mimeType as Gmail names it, empty where it does not
 * @param filename empty where there is none
 * @param headers those that are read
 * @param attachmentId what asks for the content, or null where it is here or nowhere
 * @param size octets of the decoded content, -1 where not told
 * @param data the content, or null where it did not come
 * @param parts those inside
 */
public record GmailPart(
        String partId,
        String mimeType,
        String filename,
        GmailHeaders headers,
        @Nullable String attachmentId,
        long size,
        @Nullable Octets data,
        List<GmailPart> parts) {
    /** A message of which nothing is known. */
    public static final GmailPart EMPTY = new GmailPart("", "", "", GmailHeaders.NONE, null, -1, null, List.of());

    static @Nullable GmailPart of(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return null;
        }
        Draft draft = new Draft();
        JsonObjects.object(json, draft);
        return draft.part();
    }

    @Override
    public String toString() {
        return "GmailPart[hidden]";
    }

    private static final class Draft implements JsonObjects.FieldReader {
        private String partId = "";
        private String mimeType = "";
        private String filename = "";
        private GmailHeaders headers = GmailHeaders.NONE;
        private @Nullable String attachmentId;
        private long size = -1;
        private @Nullable Octets data;
        private List<GmailPart> parts = List.of();

        @Override
        public void read(String name, JsonParser json) throws IOException {
            switch (name) {
                case "partId" -> partId = orEmpty(json);
                case "mimeType" -> mimeType = orEmpty(json);
                case "filename" -> filename = orEmpty(json);
                case "headers" -> headers = GmailHeaders.of(json);
                case "body" -> JsonObjects.object(json, this::body);
                case "parts" -> parts = new ArrayList<>(JsonObjects.array(json, GmailPart::of));
                default -> json.skipChildren();
            }
        }

        private void body(String name, JsonParser json) throws IOException {
            switch (name) {
                case "attachmentId" -> attachmentId = JsonObjects.text(json);
                case "size" -> size = JsonObjects.number(json, -1);
                case "data" -> data = Octets.of(json);
                default -> json.skipChildren();
            }
        }

        private static String orEmpty(JsonParser json) throws IOException {
            String text = JsonObjects.text(json);
            return text == null ? "" : text;
        }

        GmailPart part() {
            return new GmailPart(partId, mimeType, filename, headers, attachmentId, size, data, parts);
        }
    }
}
