package dev.steadymail.benchmarks.store;

import dev.steadymail.mail.Email;
import dev.steadymail.provider.KnownEmails;
import dev.steadymail.provider.SyncCursor;
import dev.steadymail.sync.StoredEmail;
import dev.steadymail.sync.SyncBatch;
import java.util.Optional;
import java.util.stream.Stream;

/** What a mirror asks of the place where it keeps its state. Not thread-safe. */
interface MirrorStore extends AutoCloseable {
    Optional<SyncCursor> cursor();

    KnownEmails known();

    /** Makes a batch durable, and forgets what was staged. */
    void apply(SyncBatch batch);

    /** Remembers an email so that the end of the process does not lose it; a loss of power may. */
    void stage(Email email);

    /** Returns all emails in order of the ids that the store gave them, as the index has them. */
    Stream<StoredEmail> sorted();

    @Override
    void close();
}
