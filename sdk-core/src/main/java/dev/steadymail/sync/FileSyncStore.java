package dev.steadymail.sync;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.KnownEmails;
import dev.steadymail.provider.SyncCursor;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link SyncStore} in one folder on disk, for one process at a time; the caller sees to that. All state is in memory, about
 * 600 bytes an email, and every batch is one entry of a journal, forced to disk before {@link #apply} returns. The journal is
 * rewritten when most of it is history. Not thread-safe.
 */
public final class FileSyncStore implements SyncStore, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FileSyncStore.class);
    private static final long SMALL = 4L << 20;
    private static final long TYPICAL_EMAIL = 200;

    private final StoreState state;
    private final Journal journal;
    private long lengthWhenCompact;

    private FileSyncStore(StoreState state, Journal journal) {
        this.state = state;
        this.journal = journal;
        this.lengthWhenCompact = Math.max(SMALL, state.emails().size() * TYPICAL_EMAIL);
    }

    /**
     * Opens the store in a folder, made where missing.
     *
     * @throws MailException of kind STORAGE where the folder cannot be used or was written by a newer version
     */
    public static FileSyncStore open(Path folder) {
        StoreState state = new StoreState();
        try {
            Files.createDirectories(folder);
            Journal journal = Journal.open(folder.resolve("state.journal"), entry -> StateReader.replay(entry, state));
            return new FileSyncStore(state, journal);
        } catch (IOException failure) {
            throw storage("the sync state cannot be opened", failure);
        }
    }

    @Override
    public Optional<SyncCursor> cursor() {
        return state.cursor();
    }

    @Override
    public KnownEmails known() {
        return state;
    }

    @Override
    public List<ParkedEmail> parked() {
        return state.parked();
    }

    /** Returns all emails with the ids that this store gave them, in no particular order. */
    public Stream<StoredEmail> emails() {
        return state.emails().stream();
    }

    /** Returns the number of the last id given so far; an id is {@code e} and its number in ten digits or more. */
    public long lastNumber() {
        return state.lastNumber();
    }

    @Override
    public void apply(SyncBatch batch) {
        try {
            journal.appendForced(StateWriter.batch(batch));
        } catch (IOException failure) {
            throw storage("the sync state cannot be written", failure);
        }
        state.apply(batch);
        if (journal.length() > 3 * lengthWhenCompact) {
            compact();
        }
    }

    /**
     * Remembers an email whose octets are already kept, although its batch is not applied yet, so that a run that is killed now
     * need not read it again. Forgotten with the next batch.
     */
    public void stage(Email email) {
        try {
            journal.append(StateWriter.staged(email));
        } catch (IOException failure) {
            throw storage("the sync state cannot be written", failure);
        }
        state.stage(email);
    }

    /** Returns what {@link #stage} remembered since the last batch. */
    public Optional<Email> staged(EmailId id) {
        return state.staged(id);
    }

    @Override
    public void close() {
        try {
            journal.close();
        } catch (IOException failure) {
            throw storage("the sync state cannot be closed", failure);
        }
    }

    /** Failing to compact loses nothing: the journal that is there stays good. */
    private void compact() {
        Stream<byte[]> entries = Stream.of(
                        state.mailboxes().stream().map(StateWriter::savedMailbox),
                        state.emails().stream().map(StateWriter::stored),
                        state.parked().stream().map(StateWriter::parkedEmail),
                        state.allStaged().stream().map(StateWriter::staged),
                        Stream.of(StateWriter.position(state)))
                .flatMap(part -> part);
        try {
            journal.replace(entries.iterator());
            lengthWhenCompact = Math.max(SMALL, journal.length());
        } catch (IOException failure) {
            LOG.warn(
                    "The sync state could not be compacted and goes on growing; free disk space: {}",
                    failure.getMessage());
        }
    }

    private static MailException storage(String what, IOException cause) {
        boolean damaged = cause instanceof DamagedJournalException;
        String remedy = damaged ? "" : "; free space or check permissions";
        return MailException.of(Kind.STORAGE, what + ": " + reason(cause) + remedy, cause);
    }

    /** Of a refused file Java's message is the path, which says nothing. */
    private static String reason(IOException cause) {
        String reason = cause instanceof FileSystemException refused ? refused.getReason() : cause.getMessage();
        return reason == null ? "the file system refused" : reason;
    }
}
