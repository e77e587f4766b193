package dev.steadymail.sync;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.provider.Change.Updated;
import dev.steadymail.provider.ChangePage;
import dev.steadymail.provider.ChangePage.Mode;
import dev.steadymail.provider.KnownEmails;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

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
        destroyed += store.known().present(batch.destroyed()).size();
        if (page.mode() == Mode.RECOVERED) {
            recovered += created + updated + destroyed - before;
        }
        mode = thorough(page.mode());
        page.expected().ifPresent(total -> expected = total);
    }

    void countCreated(SyncBatch batch, SyncStore store) {
        looked += batch.created().size() + batch.parked().size();
        Set<EmailId> ids = batch.created().stream().map(Email::id).collect(Collectors.toUnmodifiableSet());
        created += ids.size() - store.known().present(ids).size();
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
        Set<EmailId> asked = new HashSet<>();
        batch.relocated().forEach(change -> asked.add(change.from()));
        batch.updated().forEach(change -> asked.add(change.id()));
        Set<EmailId> there = known.present(asked);
        Set<EmailId> ids = new HashSet<>();
        batch.relocated().stream()
                .filter(change -> there.contains(change.from()))
                .forEach(change -> ids.add(change.to()));
        batch.updated().stream().map(Updated::id).filter(there::contains).forEach(ids::add);
        updated += ids.size();
    }

    private Mode thorough(Mode page) {
        if (mode == Mode.RECOVERED || page == Mode.RECOVERED) {
            return Mode.RECOVERED;
        }
        return mode == Mode.FULL || page == Mode.FULL ? Mode.FULL : Mode.INCREMENTAL;
    }
}
