package dev.steadymail.sync;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.provider.Change.Updated;
import dev.steadymail.provider.ChangePage;
import dev.steadymail.provider.ChangePage.Gap;
import dev.steadymail.provider.ChangePage.Mode;
import dev.steadymail.provider.KnownEmails;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts what a run does. A batch is looked at before it is applied, so that only what really changes is counted. */
final class SyncTally {
    private Mode mode = Mode.INCREMENTAL;
    private final Set<Gap> gaps = new LinkedHashSet<>();
    private long created;
    private long updated;
    private long destroyed;
    private long createdByGap;
    private long updatedByGap;
    private long destroyedByGap;
    private long looked;
    private long expected = -1;

    /** Takes what a page says of the run. */
    void page(ChangePage page) {
        mode = thorough(page.mode());
        gaps.addAll(page.gaps());
        page.expected().ifPresent(total -> expected = total);
    }

    /** Returns what counts a batch once it is applied. */
    Runnable count(SyncBatch batch, SyncStore store) {
        KnownEmails known = store.known();
        Set<EmailId> ids = batch.created().stream().map(Email::id).collect(Collectors.toUnmodifiableSet());
        int fresh = ids.size() - known.present(ids).size();
        long changed = updated(batch, known);
        int gone = known.present(batch.destroyed()).size();
        boolean byGap = batch.mode() == Mode.RECOVERED;
        return () -> {
            looked += batch.created().size() + batch.parked().size();
            created += fresh;
            updated += changed;
            destroyed += gone;
            createdByGap += byGap ? fresh : 0;
            updatedByGap += byGap ? changed : 0;
            destroyedByGap += byGap ? gone : 0;
        };
    }

    SyncReport report(SyncStore store, Duration elapsed, @Nullable Instant since, Instant began) {
        GapReport gap = mode == Mode.RECOVERED
                ? new GapReport(gaps, since, began, createdByGap, updatedByGap, destroyedByGap)
                : null;
        return new SyncReport(
                mode,
                created,
                updated,
                destroyed,
                createdByGap + updatedByGap + destroyedByGap,
                store.parked().size(),
                store.known().mailboxes().size(),
                looked,
                expected,
                elapsed,
                gap);
    }

    /** Relocation and another state of the same email are one update. */
    private static long updated(SyncBatch batch, KnownEmails known) {
        Set<EmailId> asked = new HashSet<>();
        batch.relocated().forEach(change -> asked.add(change.from()));
        batch.updated().forEach(change -> asked.add(change.id()));
        Set<EmailId> there = known.present(asked);
        Set<EmailId> ids = new HashSet<>();
        batch.relocated().stream()
                .filter(change -> there.contains(change.from()))
                .forEach(change -> ids.add(change.to()));
        batch.updated().stream().map(Updated::id).filter(there::contains).forEach(ids::add);
        return ids.size();
    }

    private Mode thorough(Mode page) {
        if (mode == Mode.RECOVERED || page == Mode.RECOVERED) {
            return Mode.RECOVERED;
        }
        return mode == Mode.FULL || page == Mode.FULL ? Mode.FULL : Mode.INCREMENTAL;
    }
}
