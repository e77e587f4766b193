package dev.steadymail.sync;

import dev.steadymail.provider.KnownEmails;
import dev.steadymail.provider.SyncCursor;
import java.util.List;
import java.util.Optional;

/**
 * Where a sync keeps what it has. The caller of the sync owns and closes it. One sync at a time uses a store, from one thread.
 *
 * <p>The one rule that everything rests on: {@link #apply} makes all of a batch durable together with its cursor, or nothing of
 * it, whatever happens between; and applying a batch again changes nothing more.
 */
public interface SyncStore {
    /** Returns the cursor of the last batch applied; empty at first. */
    Optional<SyncCursor> cursor();

    /** Returns a view of what is stored, following what is applied. */
    KnownEmails known();

    /**
     * Applies one batch and its cursor atomically.
     *
     * @throws dev.steadymail.mail.MailException of kind STORAGE where it could not be done now, and INVALID where it never can, as some
     *     text or number in it cannot be kept: then the engine applies the batch in parts and parks what is refused alone. In both
     *     cases nothing was applied
     */
    void apply(SyncBatch batch);

    /** Returns emails that could not be read, each with the reason of its last try. */
    List<ParkedEmail> parked();
}
