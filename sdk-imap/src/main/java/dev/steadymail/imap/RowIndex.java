package dev.steadymail.imap;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;

/** Finds rows of a table by a hash, 8 to 12 octets a row. Rows with equal hashes are in one chain; the caller compares them. Not thread-safe. */
final class RowIndex {
    static final int NONE = -1;

    private final IntToLongFunction hash;
    private final int[] heads;
    private final int[] next;

    RowIndex(int rows, IntPredicate included, IntToLongFunction hash) {
        this.hash = hash;
        this.heads = new int[Math.max(16, Integer.highestOneBit(Math.max(1, rows)) * 2)];
        this.next = new int[rows];
        Arrays.fill(heads, NONE);
        // The last row comes first into its chain, so that chains have the order of the table.
        for (int row = rows - 1; row >= 0; row--) {
            if (included.test(row)) {
                int bucket = bucket(hash.applyAsLong(row));
                next[row] = heads[bucket];
                heads[bucket] = row;
            }
        }
    }

    private int bucket(long hashed) {
        long mixed = hashed * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & (heads.length - 1);
    }

    /** Takes the first row out that satisfies a condition, or returns NONE. */
    int take(long hashed, IntPredicate condition) {
        int bucket = bucket(hashed);
        int before = NONE;
        for (int row = heads[bucket]; row != NONE; row = next[row]) {
            if (hash.applyAsLong(row) == hashed && condition.test(row)) {
                if (before == NONE) {
                    heads[bucket] = next[row];
                } else {
                    next[before] = next[row];
                }
                return row;
            }
            before = row;
        }
        return NONE;
    }

    /** Returns the one row that satisfies a condition, or NONE where there is none or another one. */
    int only(long hashed, IntPredicate condition) {
        int found = NONE;
        for (int row = heads[bucket(hashed)]; row != NONE; row = next[row]) {
            if (hash.applyAsLong(row) == hashed && condition.test(row)) {
                if (found != NONE) {
                    return NONE;
                }
                found = row;
            }
        }
        return found;
    }
}
