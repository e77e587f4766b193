package dev.steadymail.guard;

/** How many parts a batch may have: half after a refused part, twice after ten batches without one. Thread-safe. */
final class BatchParts {
    private static final int FIRST = 10;
    private static final int LEAST = 5;
    private static final int MOST = 50;
    private static final int CLEAN_TO_GROW = 10;

    private int limit = FIRST;
    private int clean;

    synchronized int limit() {
        return limit;
    }

    synchronized void ended(boolean partRefused) {
        if (partRefused) {
            clean = 0;
            limit = Math.max(LEAST, limit / 2);
        } else if (++clean >= CLEAN_TO_GROW) {
            clean = 0;
            limit = Math.min(MOST, limit * 2);
        }
    }
}
