package dev.steadymail.imap.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * Recorded FETCH responses without streamed content, read by this codec and by Angus Mail: field by field the same wherever Angus can
 * read them at all. It drops a response with an item that it does not know, X-GM-LABELS for one.
 */
@EnabledIfEnvironmentVariable(named = "STEADYMAIL_SHARED", matches = ".+")
class AngusComparisonTest {
    private final Map<String, List<String>> differences = new TreeMap<>();
    private int compared;
    private int beyondAngus;

    @Test
    void recordedFetchResponses_areReadAsAngusReadsThem() throws IOException {
        for (RecordedFetch recorded : RecordedFetch.all()) {
            compare(recorded);
        }
        assertTrue(compared - beyondAngus >= 90, compared + " responses, of which Angus cannot read " + beyondAngus);
        assertEquals(Map.of(), differences);
    }

    private void compare(RecordedFetch recorded) {
        String own = recorded.data() == null ? "unreadable: " + recorded.reason() : Fields.of(recorded.data());
        FetchResponse angus = recorded.angus();
        compared++;
        if (angus == null) {
            beyondAngus++;
        } else if (!own.equals(Fields.of(angus))) {
            differences
                    .computeIfAbsent(recorded.file(), unused -> new ArrayList<>())
                    .add("\n  own   " + own + "\n  Angus " + Fields.of(angus));
        }
    }
}
