package dev.steadymail.cache;

import dev.steadymail.provider.ChangePage;
import dev.steadymail.provider.ChangeRequest;
import dev.steadymail.provider.SyncCursor;
import org.jspecify.annotations.Nullable;

/** Follows the syncs that pass by, and takes over what they tell. Thread-safe. */
final class SyncRuns {
    private final AccountCache account;
    // Guarded by this object.
    private @Nullable SyncCursor expected;
    private long latest;

    SyncRuns(AccountCache account) {
        this.account = account;
    }

    /** A page is asked for; with another cursor than the one given out last, a run begins. Returns which run it is of. */
    long asked(ChangeRequest request) {
        synchronized (this) {
            boolean goesOn = expected != null && expected.equals(request.cursor());
            expected = null;
            if (goesOn) {
                return latest;
            }
        }
        long run = account.syncBegins(request.cursor(), request.known());
        synchronized (this) {
            latest = Math.max(latest, run);
        }
        return run;
    }

    synchronized void answered(long run, ChangeRequest request, ChangePage page) {
        account.apply(page.changes(), page.next(), run);
        if (run != latest) {
            return;
        }
        if (!page.last()) {
            expected = page.next();
        } else if (request.scope().isEmpty()) {
            account.syncEnded(page.next(), run);
        }
    }
}
