package dev.steadymail.server.vault;

import dev.steadymail.server.vault.SealedRows.Sealed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * New keys for the organisation that the thread works for. Each step can be cut anywhere and done again, by several servers at once, and
 * while values are read and written. Thread-safe.
 *
 * <p>Who seals holds the key that encrypts until its transaction ends ({@link DataKeys#active}). A key is destroyed only where nobody
 * holds it and nothing is stored under it, and once it is retired nobody can take hold of it. So no value is left without its key.
 */
@Component
final class OrganisationRotation {
    private static final int BATCH = 100;
    /** No key has this id. */
    private static final long NO_KEY = 0;

    private final DataKeyRows rows;
    private final DataKeys keys;
    private final Vault vault;
    private final TransactionOperations transactions;
    private final List<SealedRows> columns;

    OrganisationRotation(
            DataKeyRows rows,
            DataKeys keys,
            Vault vault,
            TransactionOperations transactions,
            JdbcTemplate jdbc,
            List<SealedColumn> columns) {
        this.rows = rows;
        this.keys = keys;
        this.vault = vault;
        this.transactions = transactions;
        this.columns =
                columns.stream().map(column -> new SealedRows(jdbc, column)).toList();
    }

    /** Returns how many values are stored. */
    long countValues() {
        return countNotUnder(NO_KEY);
    }

    /**
     * Gives all values a key that was made after a time.
     *
     * @param resealed is told after each batch how many values it was
     * @throws CancellationException where the thread is interrupted
     */
    Outcome rotate(Instant madeBefore, LongConsumer resealed) {
        long rewrapped = keys.rewrap();
        keys.renew(madeBefore);
        long destroyed = 0;
        long unreadable;
        long left;
        do {
            unreadable = countValues() == 0 ? 0 : reseal(resealed);
            destroyed += destroyUnused();
            left = countValues() == 0 ? 0 : countNotUnder(keys.active().id());
            // More than could not be read: what was written under the old key until just now.
        } while (left > unreadable);
        return new Outcome(rewrapped, destroyed, left, keys.notUnderFirst());
    }

    private long reseal(LongConsumer resealed) {
        return columns.stream().mapToLong(column -> reseal(column, resealed)).sum();
    }

    /** Returns how many values could not be read. */
    private long reseal(SealedRows column, LongConsumer resealed) {
        long unreadable = 0;
        String after = null;
        do {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("the server ends");
            }
            Batch batch = batch(column, after);
            resealed.accept(batch.resealed());
            unreadable += batch.unreadable();
            after = batch.last();
        } while (after != null);
        return unreadable;
    }

    private Batch batch(SealedRows column, @Nullable String after) {
        return transactions.execute(status -> {
            DataKey key = keys.active();
            List<Sealed> values = column.notUnder(key.id(), after, BATCH);
            int resealed = 0;
            int unreadable = 0;
            for (Sealed value : values) {
                try {
                    resealed += reseal(column, value, key) ? 1 : 0;
                } catch (UnreadableSecretException noKey) {
                    unreadable += 1;
                }
            }
            return new Batch(
                    resealed,
                    unreadable,
                    values.size() < BATCH ? null : values.get(BATCH - 1).row());
        });
    }

    private boolean reseal(SealedRows column, Sealed value, DataKey key) {
        Place place = column.place(value.row());
        return column.replace(value, key.seal(place, vault.open(place, value.value())));
    }

    private long destroyUnused() {
        List<Long> destroyed = new ArrayList<>(rows.retired());
        destroyed.removeIf(key -> !destroyed(key));
        return destroyed.size();
    }

    private boolean destroyed(long key) {
        boolean unused = transactions.execute(status -> {
            // In this order: whoever held the key has stored what there is to count.
            boolean isUnused = rows.lock(key) && columns.stream().allMatch(column -> column.countUnder(key) == 0);
            if (isUnused) {
                rows.delete(key);
            }
            return isUnused;
        });
        if (unused) {
            keys.forget(key);
        }
        return unused;
    }

    private long countNotUnder(long key) {
        return columns.stream().mapToLong(column -> column.countNotUnder(key)).sum();
    }

    /**
     * What was done.
     *
     * @param unreadable values that no key opens
     * @param keysLeft keys that are not under the first of ENCRYPTION_KEY
     */
    record Outcome(long rewrapped, long destroyed, long unreadable, long keysLeft) {}

    /** A batch; {@code last} is the row to go on behind, null where there are no more. */
    private record Batch(
            int resealed, int unreadable, @Nullable String last) {}
}
