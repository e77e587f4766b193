package dev.steadymail.cli.watch;

import dev.steadymail.cli.terminal.JsonLine;
import dev.steadymail.provider.KnownEmails;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.sync.ParkedEmail;
import dev.steadymail.sync.SyncBatch;
import dev.steadymail.sync.SyncStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A store that tells what each batch changed once it is applied: the cursor moves on with what was told, so that nothing is told twice or
 * left out. Silent until {@link #tell} is called. Not thread-safe.
 */
final class ToldStore implements SyncStore {
    private final SyncStore store;
    private final Consumer<JsonLine> out;
    private boolean telling;

    ToldStore(SyncStore store, Consumer<JsonLine> out) {
        this.store = store;
        this.out = out;
    }

    /** Tells every batch from now on. */
    void tell() {
        telling = true;
    }

    boolean isTelling() {
        return telling;
    }

    @Override
    public void apply(SyncBatch batch) {
        List<JsonLine> lines = telling ? BatchLines.of(batch, known()) : List.of();
        store.apply(batch);
        lines.forEach(out);
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
}
