package dev.steadymail.cache;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.steadymail.provider.KnownEmails;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.testkit.memory.InMemorySyncStore;
import org.junit.jupiter.api.Test;

class CursorChainTest {
    private final CursorChain chain = new CursorChain();
    private final KnownEmails store = new InMemorySyncStore().known();
    private final KnownEmails other = new InMemorySyncStore().known();

    @Test
    void firstSync_follows() {
        assertTrue(chain.follows(new SyncCursor("1"), store));
    }

    @Test
    void syncOfTheSameStore_follows_whereAnyPageLed() {
        chain.begin(new SyncCursor("1"), store);
        chain.leadsTo(new SyncCursor("2"));
        assertTrue(chain.follows(new SyncCursor("1"), store));
        assertTrue(chain.follows(new SyncCursor("2"), store));
        assertFalse(chain.follows(new SyncCursor("3"), store));
        chain.endsAt(new SyncCursor("2"));
        assertFalse(chain.follows(new SyncCursor("1"), store));
    }

    /** It may know of an email what is younger than its cursor, and then is not told of it. */
    @Test
    void syncOfAnotherStore_doesNotFollow_evenFromTheSameCursor() {
        chain.begin(new SyncCursor("1"), store);
        chain.endsAt(new SyncCursor("1"));
        assertFalse(chain.follows(new SyncCursor("1"), other));
        chain.begin(new SyncCursor("1"), other);
        assertTrue(chain.follows(new SyncCursor("1"), other));
        assertFalse(chain.follows(new SyncCursor("1"), store));
    }
}
