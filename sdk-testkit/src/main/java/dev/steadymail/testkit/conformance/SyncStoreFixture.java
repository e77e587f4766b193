package dev.steadymail.testkit.conformance;

import dev.steadymail.mail.EmailId;
import dev.steadymail.sync.SyncBatch;
import dev.steadymail.sync.SyncStore;
import org.jspecify.annotations.Nullable;

/** One sync store on one medium of its own, empty at first, for one test. Used by one thread at a time. */
public interface SyncStoreFixture extends AutoCloseable {
    /** Opens the store on the medium as it is now; a store opened before is closed first, or dropped as by a kill. */
    SyncStore open();

    /** Returns the id that an open store gave an email, good for comparing; null where the email is not there. */
    @Nullable
    Object ownId(SyncStore store, EmailId id);

    /**
     * Applies a batch as a process does that dies at the {@code step}-th step of writing, counted from 0, for any fine enough
     * division into steps. What it leaves on the medium is what {@link #open} finds next. A store that promises nothing after a
     * crash answers false at once.
     *
     * @return false where the batch was written with fewer steps, so that nothing was cut
     */
    boolean applyCutAt(int step, SyncBatch batch);

    /** Removes the medium; fails unchecked only. */
    @Override
    void close();
}
