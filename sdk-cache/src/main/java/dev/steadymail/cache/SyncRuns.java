package dev.steadymail.cache;

import dev.steadymail.mail.EmailId;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.ChangePage;
import dev.steadymail.provider.ChangeRequest;
import dev.steadymail.provider.SyncCursor;
import java.util.ArrayList;
import java.util.List;
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

    void answered(long run, ChangeRequest request, ChangePage page) {
        if (!page.changes().isEmpty()) {
            account.shared().touch(touched(page.changes()));
        }
        heard(run, request, page);
    }

    private static List<EmailId> touched(List<Change> changes) {
        List<EmailId> ids = new ArrayList<>();
        for (Change change : changes) {
            if (change instanceof Change.Appeared appeared) {
                ids.add(appeared.id());
            } else if (change instanceof Change.Updated updated) {
                ids.add(updated.id());
            } else if (change instanceof Change.Vanished vanished) {
                ids.add(vanished.id());
            } else if (change instanceof Change.Relocated relocated) {
                ids.add(relocated.from());
                ids.add(relocated.to());
            }
        }
        return ids;
    }

    private synchronized void heard(long run, ChangeRequest request, ChangePage page) {
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
