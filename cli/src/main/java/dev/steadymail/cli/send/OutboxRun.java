package dev.steadymail.cli.send;

import dev.steadymail.MailClient;
import dev.steadymail.cli.disk.FolderLock;
import dev.steadymail.cli.disk.PrivateFiles;
import dev.steadymail.cli.outcome.StopSignal;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.send.FileOutboxStore;
import dev.steadymail.send.Outbox;
import dev.steadymail.send.OutboxEntry;
import dev.steadymail.send.OutboxOptions;
import dev.steadymail.send.OutboxState;
import dev.steadymail.time.Deadline;
import dev.steadymail.time.TimeSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * An outbox that is open for as long as a command runs. Waiting ends when it is known what became of the messages, when nothing can
 * become of them within the time given, or when the command is stopped. Not thread-safe.
 */
public final class OutboxRun implements AutoCloseable {
    private static final int ALL = Integer.MAX_VALUE;
    /** Closing a client ends its calls within about a second. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final MailClient client;
    private final FolderLock lock;
    private final FileOutboxStore store;
    private final Set<String> inherited;
    private final OutboxWatch watch;
    private final Outbox outbox;
    private final TimeSource time;
    private final StopSignal stop;
    private final Deadline deadline;
    private final Instant end;

    private OutboxRun(
            MailClient client, FolderLock lock, FileOutboxStore store, OutboxWatch watch, Surroundings surroundings) {
        this.client = client;
        this.lock = lock;
        this.store = store;
        this.watch = watch;
        this.time = surroundings.time();
        this.stop = surroundings.stop();
        this.deadline = time.deadline(surroundings.limit());
        this.end = time.now().plus(surroundings.limit());
        this.inherited = store.list(ALL).stream()
                .filter(entry -> !entry.isSettled())
                .map(OutboxEntry::key)
                .collect(Collectors.toUnmodifiableSet());
        stop.onStop(watch::wake);
        this.outbox = client.outbox(store, OutboxOptions.DEFAULT.withListener(watch));
    }

    /**
     * Opens the outbox in a folder, made where missing, and goes on with what is in it.
     *
     * @param changed hears of every change, on any thread
     * @throws dev.steadymail.cli.outcome.CommandException in use, where another run has it open
     * @throws MailException of kind STORAGE where the folder cannot be used
     */
    public static OutboxRun open(
            MailClient client, Path folder, Consumer<OutboxEntry> changed, Surroundings surroundings) {
        FolderLock lock = lock(folder);
        try {
            return open(client, lock, FileOutboxStore.open(folder), new OutboxWatch(changed), surroundings);
        } catch (RuntimeException failure) {
            unlock(lock);
            throw failure;
        }
    }

    private static FolderLock lock(Path folder) {
        try {
            PrivateFiles.createFolder(folder);
            return FolderLock.take(
                    folder.resolve("run.lock"),
                    "another run is sending from this account's outbox; wait until it has ended");
        } catch (IOException failure) {
            throw unusable(failure);
        }
    }

    private static void unlock(FolderLock lock) {
        try {
            lock.close();
        } catch (IOException failure) {
            throw unusable(failure);
        }
    }

    private static MailException unusable(IOException failure) {
        return MailException.of(Kind.STORAGE, "the outbox folder cannot be used; check its disk and rights", failure);
    }

    private static OutboxRun open(
            MailClient client, FolderLock lock, FileOutboxStore store, OutboxWatch watch, Surroundings surroundings) {
        try {
            return new OutboxRun(client, lock, store, watch, surroundings);
        } catch (RuntimeException failure) {
            store.close();
            throw failure;
        }
    }

    /** Sends a message, or finds out what became of the one that has the key already. */
    public OutboxEntry send(Letter letter, String key) {
        OutboxEntry entry = letter.enqueue(outbox, key, time.now());
        await(() -> isOver(now(entry)), deadline);
        settle();
        return now(entry);
    }

    /** Lets go what waits, and returns all entries, newest first. */
    public List<OutboxEntry> goOn() {
        await(() -> store.list(ALL).stream().allMatch(this::isOver), deadline);
        settle();
        return store.list(ALL);
    }

    /** Returns whether an entry was not settled when this run began. */
    public boolean isInherited(OutboxEntry entry) {
        return inherited.contains(entry.key());
    }

    private OutboxEntry now(OutboxEntry entry) {
        return store.find(entry.key())
                .orElseThrow(() -> MailException.of(Kind.STORAGE, "the outbox lost an entry; check its folder"));
    }

    /** What is due after the time given need not be waited for. */
    private boolean isOver(OutboxEntry entry) {
        boolean later =
                !isOnItsWay(entry) && entry.dueAt() != null && entry.dueAt().isAfter(end);
        return entry.isSettled() || later;
    }

    private void await(BooleanSupplier condition, Deadline until) {
        watch.await(() -> stop.isStopped() || condition.getAsBoolean(), until);
    }

    /** Begins nothing more, and leaves a message on its way its time; then takes it back, as far as it has not left. */
    private void settle() {
        outbox.close();
        await(this::isQuiet, deadline);
        if (!isQuiet()) {
            client.close();
            watch.await(this::isQuiet, time.deadline(GRACE));
        }
    }

    private boolean isQuiet() {
        return store.list(ALL).stream().noneMatch(OutboxRun::isOnItsWay);
    }

    @Override
    public void close() {
        try (store) {
            settle();
        } finally {
            unlock(lock);
        }
    }

    /**
     * What a run is bounded by.
     *
     * @param time clock and timers
     * @param stop ends all waiting
     * @param limit how long to wait for what becomes of messages
     */
    public record Surroundings(TimeSource time, StopSignal stop, Duration limit) {}

    /** Being sent, or sent and its copy is being kept. */
    private static boolean isOnItsWay(OutboxEntry entry) {
        return entry.state() == OutboxState.SENDING || (entry.state() == OutboxState.SENT && !entry.isSettled());
    }
}
