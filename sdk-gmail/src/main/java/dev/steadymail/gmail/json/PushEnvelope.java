package dev.steadymail.gmail.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A notification as Pub/Sub wraps it.
 *
 * @param address whose mailbox changed, or null where the data are no notification of Gmail's
 * @param historyId where it stands, or null
 * @param ackId acknowledges a pulled one, null for a pushed one
 */
public record PushEnvelope(
        @Nullable String address,
        @Nullable BigInteger historyId,
        @Nullable String ackId) {
    /** Reads the body of a push request. */
    public static PushEnvelope pushed(byte[] body) throws IOException {
        Draft draft = new Draft();
        JsonObjects.document(new ByteArrayInputStream(body), draft);
        return draft.envelope();
    }

    /** Reads an answer of {@code subscriptions.pull}. */
    public static List<PushEnvelope> pulled(InputStream content) throws IOException {
        List<PushEnvelope> all = new ArrayList<>();
        JsonObjects.document(content, (name, json) -> {
            if (name.equals("receivedMessages")) {
                all.addAll(JsonObjects.array(json, PushEnvelope::of));
            }
        });
        return all;
    }

    private static @Nullable PushEnvelope of(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            return null;
        }
        Draft draft = new Draft();
        JsonObjects.object(json, draft);
        return draft.envelope();
    }

    @Override
    public String toString() {
        return "PushEnvelope[hidden]";
    }

    private static final class Draft implements JsonObjects.FieldReader {
        private @Nullable String ackId;
        private @Nullable Octets data;

        @Override
        public void read(String name, JsonParser json) throws IOException {
            switch (name) {
                case "ackId" -> ackId = JsonObjects.text(json);
                case "message" -> JsonObjects.object(json, this::message);
                default -> json.skipChildren();
            }
        }

        /** The alphabet is RFC 4648's first one here, unlike in the API; Google's documentation shows the other. */
        private void message(String name, JsonParser json) throws IOException {
            if (name.equals("data") && json.currentToken() == JsonToken.VALUE_STRING) {
                data = Octets.ofAnyAlphabet(json.getText());
            }
        }

        PushEnvelope envelope() throws IOException {
            String[] address = new String[1];
            BigInteger[] historyId = new BigInteger[1];
            Octets content = data;
            if (content != null) {
                try {
                    JsonObjects.document(content.open(), (name, json) -> {
                        switch (name) {
                            case "emailAddress" -> address[0] = JsonObjects.id(json);
                            case "historyId" -> historyId[0] = JsonObjects.unsigned(json);
                            default -> json.skipChildren();
                        }
                    });
                } catch (com.fasterxml.jackson.core.JsonProcessingException notGmails) {
                    return new PushEnvelope(null, null, ackId);
                }
            }
            return new PushEnvelope(address[0], historyId[0], ackId);
        }
    }
}
