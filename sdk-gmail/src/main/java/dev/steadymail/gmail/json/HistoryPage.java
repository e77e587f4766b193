package dev.steadymail.gmail.json;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of {@code history.list}.
 *
 * @param records in order of time; may be empty although more pages follow
 * @param historyId where the mailbox stands now, or null where it was not told
 * @param nextPageToken asks for the next page; null on the last
 */
public record HistoryPage(
        List<HistoryRecord> records,
        @Nullable BigInteger historyId,
        @Nullable String nextPageToken) {
    /** Reads an answer of {@code history.list}. */
    public static HistoryPage read(InputStream content) throws IOException {
        Draft draft = new Draft();
        JsonObjects.document(content, draft);
        return new HistoryPage(draft.records, draft.historyId, draft.nextPageToken);
    }

    private static final class Draft implements JsonObjects.FieldReader {
        private List<HistoryRecord> records = List.of();
        private @Nullable BigInteger historyId;
        private @Nullable String nextPageToken;

        @Override
        public void read(String name, JsonParser json) throws IOException {
            switch (name) {
                case "history" -> records = JsonObjects.array(json, HistoryRecord::of);
                case "historyId" -> historyId = JsonObjects.unsigned(json);
                case "nextPageToken" -> nextPageToken = JsonObjects.text(json);
                default -> json.skipChildren();
            }
        }
    }
}
