package dev.steadymail.cache;

import dev.steadymail.provider.KnownEmails;
import dev.steadymail.provider.SyncCursor;
import java.lang.ref.WeakReference;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the store may be that the last sync was of: a sync that begins there tells all that differs from what that one left, and one that
 * begins elsewhere is of another store. A cursor alone does not name a store: two may be at the same, and one of them know what is younger than that,
 * as emails are read after their changes were told. Not thread-safe.
 */
final class CursorChain {
    /** A sync of more pages, if it fails, counts as one of another store. */
    private static final int MOST = 1_000;

    private final Set<SyncCursor> cursors = new HashSet<>();
    private WeakReference<@Nullable KnownEmails> last = new WeakReference<>(null);

    /** Returns whether a sync of this store that begins there goes on from the last one, or is the first of all. */
    boolean follows(SyncCursor cursor, KnownEmails store) {
        return cursors.isEmpty() || (cursors.contains(cursor) && store.equals(last.get()));
    }

    /** A sync begins there; one that goes on from a failed one may fail, too, and begin again at any page of either. */
    void begin(@Nullable SyncCursor cursor, KnownEmails store) {
        if (cursor == null || !follows(cursor, store)) {
            cursors.clear();
        }
        last = new WeakReference<>(store);
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
