package dev.steadymail.testkit.sync;

import dev.steadymail.provider.KnownEmails;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.sync.SyncBatch;
import dev.steadymail.sync.SyncStore;
import dev.steadymail.testkit.conformance.SyncStoreFixture;
import java.util.List;
import java.util.Optional;

/**
 * A store under test: batches are noted, and the process may die before one is applied, while it is, or when it was. One for each
 * process. Belongs to one thread.
 */
final class CrashingSyncStore implements SyncStore {
    private static final int STEP_BITS = 11;

    private final SyncStore store;
    private final SyncStoreFixture fixture;
    private final SyncHistory history;
    private final SyncTrouble trouble;
    private final Chance chance;

    CrashingSyncStore(
            SyncStore store, SyncStoreFixture fixture, SyncHistory history, SyncTrouble trouble, Chance chance) {
        this.store = store;
        this.fixture = fixture;
        this.history = history;
        this.trouble = trouble;
        this.chance = chance;
    }

    @Override
    public Optional<SyncCursor> cursor() {
        return store.cursor();
    }

    @Override
    public KnownEmails known() {
        return store.known();
    }

    @Override
    public List<ParkedEmail> parked() {
        return store.parked();
    }

    @Override
    public void apply(SyncBatch batch) {
        trouble.crash("before.applying");
        trouble.fullDisk();
        history.begins(batch);
        if (trouble.tears()) {
            boolean unusedWasCut = fixture.applyCutAt(step(), batch);
            throw new SimulatedCrash("while applying");
        }
        store.apply(batch);
        history.applied(batch);
        trouble.crash("after.applying");
    }

    /** Few steps as often as many: what a step is differs from octets to statements. */
    private int step() {
        return chance.below(1 << chance.below(STEP_BITS));
    }
}
