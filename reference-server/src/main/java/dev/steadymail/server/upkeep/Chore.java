package dev.steadymail.server.upkeep;

import java.time.Duration;
import java.util.function.IntSupplier;

/** Something that is removed again and again, by every node, in parts that are short each; none needs the others. */
public interface Chore {
    /** How much one part removes at most. */
    int AT_ONCE = 1_000;

    /** How many parts there are at most; what is left over waits for the next time. */
    int MOST_PARTS = 100;

    /** Returns what stays for longer when it fails, in words for the log. */
    String subject();

    /** Returns the time from the end of one run to the begin of the next. */
    Duration pause();

    /** Removes what is over. May throw; the next run is not affected. */
    void run();

    /**
     * Removes part by part until one is not full.
     *
     * @param part removes {@link #AT_ONCE} at most and returns how many it did
     * @return how many all parts removed
     */
    static int inParts(IntSupplier part) {
        int removed = 0;
        for (int parts = 0; parts < MOST_PARTS && !Thread.currentThread().isInterrupted(); parts++) {
            int more = part.getAsInt();
            removed += more;
            if (more < AT_ONCE) {
                break;
            }
        }
        return removed;
    }
}
