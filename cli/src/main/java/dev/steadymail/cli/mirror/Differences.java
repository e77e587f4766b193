package dev.steadymail.cli.mirror;

import dev.steadymail.cli.mirror.Difference.What;
import dev.steadymail.cli.terminal.Progress;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** Hands on each difference as it is found and counts them, so that none has to be kept. Thread-safe: guarded by this object's lock. */
final class Differences {
    private final Consumer<Difference> listener;
    private final Progress progress;
    private final Map<What, Long> counts = new EnumMap<>(What.class);
    private long emails;
    private long files;
    private long changing;

    Differences(Consumer<Difference> listener, Progress progress) {
        this.listener = listener;
        this.progress = progress;
    }

    void found(Difference difference) {
        synchronized (this) {
            counts.merge(difference.what(), 1L, Long::sum);
        }
        listener.accept(difference);
    }

    /** Tells that another email of the server was looked at. */
    synchronized void email() {
        emails++;
        progress.update(emails, -1);
    }

    /** Tells that another file was read to its end. */
    synchronized void file() {
        files++;
    }

    /** Tells how many emails changed while they were compared. */
    synchronized void changing(long count) {
        changing += count;
    }

    /** Returns the counts of now. */
    synchronized Tally tally() {
        return new Tally(emails, files, changing, counts);
    }

    /**
     * Counts at one moment.
     *
     * @param emails of the server that were looked at
     * @param files that were read
     * @param changing emails that changed while they were compared
     * @param found differences by kind
     */
    record Tally(long emails, long files, long changing, Map<What, Long> found) {
        Tally {
            found = Map.copyOf(found);
        }

        long of(What what) {
            return found.getOrDefault(what, 0L);
        }

        long total() {
            return found.values().stream().mapToLong(Long::longValue).sum();
        }
    }
}
