package dev.steadymail.sync;

import dev.steadymail.mail.EmailId;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.ChangePage;
import dev.steadymail.sync.EmailLoader.Loaded;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The changes of one page, sorted by what has to be done with them. */
record PageContent(List<EmailId> appeared, List<Change> others) {
    static PageContent of(ChangePage page) {
        List<EmailId> appeared = new ArrayList<>();
        List<Change> others = new ArrayList<>();
        for (Change change : page.changes()) {
            if (change instanceof Change.Appeared email) {
                appeared.add(email.id());
            } else {
                others.add(change);
            }
        }
        others.removeAll(undone(page.changes()));
        return new PageContent(appeared, others);
    }

    /** A batch destroys last, so an id that vanished and then came into use again must not be destroyed any more. */
    private static Set<Change> undone(List<Change> changes) {
        Set<Change> undone = new HashSet<>();
        Set<Change> vanished = new HashSet<>();
        for (Change change : changes) {
            EmailId back = broughtBack(change);
            if (back != null && vanished.remove(new Change.Vanished(back))) {
                undone.add(new Change.Vanished(back));
            } else if (change instanceof Change.Vanished) {
                vanished.add(change);
                undone.remove(change);
            }
        }
        return undone;
    }

    private static @Nullable EmailId broughtBack(Change change) {
        if (change instanceof Change.Relocated relocated) {
            return relocated.to();
        }
        return change instanceof Change.Appeared appeared ? appeared.id() : null;
    }

    void addTo(SyncBatch.Builder batch, Loaded loaded) {
        others.forEach(change -> add(change, batch));
        goneMeanwhile(loaded).forEach(batch::destroy);
    }

    /** Ids that were not read although they appeared: whatever was known or parked under them is no more. */
    private Set<EmailId> goneMeanwhile(Loaded loaded) {
        Set<EmailId> gone = new LinkedHashSet<>(appeared);
        loaded.emails().forEach(email -> gone.remove(email.id()));
        loaded.parked().forEach(email -> gone.remove(email.id()));
        return gone;
    }

    private static void add(Change change, SyncBatch.Builder batch) {
        if (change instanceof Change.MailboxSaved saved) {
            batch.save(saved.mailbox());
        } else if (change instanceof Change.MailboxGone gone) {
            batch.drop(gone.id());
        } else if (change instanceof Change.Relocated relocated) {
            batch.relocate(relocated);
        } else if (change instanceof Change.Updated updated) {
            batch.update(updated);
        } else if (change instanceof Change.Vanished vanished) {
            batch.destroy(vanished.id());
        }
    }
}
