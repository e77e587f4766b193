package dev.steadymail.sync;

import dev.steadymail.mail.EmailId;
import dev.steadymail.provider.ChangePage;
import dev.steadymail.provider.ChangePage.Mode;
import dev.steadymail.provider.KnownEmails;
import java.util.HashSet;
import java.util.Set;

/** Counts what a run does. Counting happens before a batch is applied, so that only what really changes is counted. */
final class SyncTally {
    private Mode mode = Mode.INCREMENTAL;
    private long created;
    private long updated;
    private long destroyed;
    private long recovered;
    private long looked;
    private long expected = -1;

    void count(ChangePage page, SyncBatch batch, SyncStore store) {
        long before = created + updated + destroyed;
        countCreated(batch, store);
        countUpdated(batch, store.known());
        destroyed += batch.destroyed().stream()
                .filter(id -> store.known().find(id).isPresent())
                .count();
        if (page.mode() == Mode.RECOVERED) {
            recovered += created + updated + destroyed - before;
        }
        mode = thorough(page.mode());
        page.expected().ifPresent(total -> expected = total);
    }

    void countCreated(SyncBatch batch, SyncStore store) {
        looked += batch.created().size() + batch.parked().size();
        created += batch.created().stream()
                .filter(email -> store.known().find(email.id()).isEmpty())
                .count();
    }

    SyncReport report(SyncStore store) {
        return new SyncReport(
                mode,
                created,
                updated,
                destroyed,
                recovered,
                store.parked().size(),
                store.known().mailboxes().size(),
                looked,
                expected);
    }

    /** Relocation and another state of the same email are one update. */
    private void countUpdated(SyncBatch batch, KnownEmails known) {
        Set<EmailId> ids = new HashSet<>();
        batch.relocated().stream()
                .filter(change -> known.find(change.from()).isPresent())
                .forEach(change -> ids.add(change.to()));
        batch.updated().stream()
                .filter(change -> known.find(change.id()).isPresent())
                .forEach(change -> ids.add(change.id()));
        updated += ids.size();
    }

    private Mode thorough(Mode page) {
        if (mode == Mode.RECOVERED || page == Mode.RECOVERED) {
            return Mode.RECOVERED;
        }
        return mode == Mode.FULL || page == Mode.FULL ? Mode.FULL : Mode.INCREMENTAL;
    }
}
