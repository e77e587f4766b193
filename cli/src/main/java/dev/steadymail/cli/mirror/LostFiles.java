package dev.steadymail.cli.mirror;

import dev.steadymail.cli.mirror.MessageFiles.Content;
import dev.steadymail.sync.FileSyncStore;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.sync.StoredEmail;
import dev.steadymail.sync.SyncBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages that somebody deleted or cut short since they were stored. Their emails are parked, which keeps their ids, has them
 * read again at the end of the run, and keeps them out of the index until then. Content of the right length is believed.
 */
final class LostFiles {
    private LostFiles() {}

    /** Parks what is lost and returns how many emails that are. */
    static int park(FileSyncStore store, MessageFiles files) throws IOException {
        List<StoredEmail> lost = find(store, files);
        if (!lost.isEmpty()) {
            SyncBatch.Builder batch = SyncBatch.to(store.cursor().orElseThrow());
            lost.forEach(each -> batch.park(new ParkedEmail(each.email().id(), "its file was missing or cut short")));
            store.apply(batch.build());
        }
        return lost.size();
    }

    private static List<StoredEmail> find(FileSyncStore store, MessageFiles files) throws IOException {
        Map<Content, Boolean> known = new HashMap<>();
        List<StoredEmail> lost = new ArrayList<>();
        for (StoredEmail stored : store.emails().toList()) {
            Content content =
                    new Content(IndexLine.sha256(stored), stored.email().size());
            Boolean there = known.get(content);
            if (there == null) {
                there = files.has(content);
                known.put(content, there);
            }
            if (!there) {
                lost.add(stored);
            }
        }
        return lost;
    }
}
