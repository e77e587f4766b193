package dev.steadymail.cache;

import dev.steadymail.provider.SyncCursor;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the store may be that the last sync was of: a sync that begins there tells all that differs from what that one left, and one that
 * begins elsewhere is of another store. Not thread-safe.
 */
final class CursorChain {
    /** A sync of more pages, if it fails, counts as one of another store. */
    private static final int MOST = 1_000;

    private final Set<SyncCursor> cursors = new HashSet<>();

    /** Returns whether a sync that begins there goes on from the last one, or is the first of all. */
    boolean follows(SyncCursor cursor) {
        return cursors.isEmpty() || cursors.contains(cursor);
    }

    /** A sync begins there; one that goes on from a failed one may fail, too, and begin again at any page of either. */
    void begin(@Nullable SyncCursor cursor) {
        if (cursor == null || !follows(cursor)) {
            cursors.clear();
        }
        leadsTo(cursor);
    }

    void leadsTo(@Nullable SyncCursor cursor) {
        if (cursor != null && cursors.size() < MOST) {
            cursors.add(cursor);
        }
    }

    void endsAt(SyncCursor cursor) {
        cursors.clear();
        cursors.add(cursor);
    }
}
