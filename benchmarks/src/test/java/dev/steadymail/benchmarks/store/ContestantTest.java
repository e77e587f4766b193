package dev.steadymail.benchmarks.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.sync.StoredEmail;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That what is timed is the same work. */
class ContestantTest {
    private static final int EMAILS = 1_000;

    @TempDir
    private Path folder;

    @Test
    void run_sameMail_bothStoresHaveTheSame() throws Exception {
        List<List<StoredEmail>> states = new ArrayList<>();
        for (Contestant contestant : Contestant.values()) {
            Path own = Files.createDirectory(folder.resolve(contestant.name()));
            new FirstSync(EMAILS, 300).run(contestant, own);
            Map<Measure, Double> later = new LaterRun(EMAILS, 0).run(contestant, own);
            assertTrue(later.containsKey(Measure.SORTED));
            try (MirrorStore store = contestant.open(own)) {
                states.add(store.sorted().toList());
            }
        }
        assertEquals(new Changes(EMAILS, 0).emailsAfter(), states.get(0).size());
        assertEquals(states.get(0), states.get(1));
    }
}
