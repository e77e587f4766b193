package dev.steadymail.benchmarks.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.mail.EmailId;
import dev.steadymail.sync.SyncBatch;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChangesTest {
    @Test
    void batch_ofSeveralRuns_neverChangesAnEmailTwice() {
        Set<EmailId> changed = new HashSet<>();
        for (int run = 0; run < 10; run++) {
            SyncBatch batch = new Changes(1_000, run).batch();
            batch.updated().forEach(each -> assertTrue(changed.add(each.id())));
            batch.relocated().forEach(each -> assertTrue(changed.add(each.from())));
            batch.destroyed().forEach(id -> assertTrue(changed.add(id)));
            batch.created().forEach(each -> assertTrue(changed.add(each.id())));
        }
        assertEquals(1_000, changed.size());
    }

    @Test
    void constructor_moreRunsThanEmailsAllow_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Changes(1_000, 10));
    }
}
