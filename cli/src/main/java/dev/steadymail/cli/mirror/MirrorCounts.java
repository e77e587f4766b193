package dev.steadymail.cli.mirror;

import dev.steadymail.provider.ChangePage.Mode;
import dev.steadymail.sync.FileSyncStore;
import dev.steadymail.sync.SyncReport;
import java.time.Duration;

/** What all syncs of one run did together: a sync that failed half way counts as far as it came. Written by one thread, read by any. */
public final class MirrorCounts {
    private volatile Mode mode = Mode.INCREMENTAL;
    private volatile SyncReport ended = SyncReport.NOTHING;
    private volatile SyncReport current = SyncReport.NOTHING;
    private volatile long parked;
    private volatile long mailboxes;

    MirrorCounts() {}

    /** Takes what the store holds before the run, or after it. */
    void stored(FileSyncStore store) {
        if (store.cursor().isEmpty()) {
            mode = Mode.FULL;
        }
        parked = store.parked().size();
        mailboxes = store.known().mailboxes().size();
    }

    /** Takes the state of the sync that is running. */
    void page(SyncReport report) {
        current = report;
        mode = thorough(mode, report.mode());
    }

    /** Ends a sync; the next one counts from zero again. */
    void syncEnded() {
        ended = new SyncReport(mode, created(), updated(), destroyed(), recovered(), 0, 0, 0, -1, Duration.ZERO, null);
        current = SyncReport.NOTHING;
    }

    Mode mode() {
        return mode;
    }

    long created() {
        return ended.created() + current.created();
    }

    long updated() {
        return ended.updated() + current.updated();
    }

    long destroyed() {
        return ended.destroyed() + current.destroyed();
    }

    long recovered() {
        return ended.recovered() + current.recovered();
    }

    long parked() {
        return parked;
    }

    long mailboxes() {
        return mailboxes;
    }

    private static Mode thorough(Mode one, Mode other) {
        if (one == Mode.RECOVERED || other == Mode.RECOVERED) {
            return Mode.RECOVERED;
        }
        return one == Mode.FULL ? one : other;
    }
}
