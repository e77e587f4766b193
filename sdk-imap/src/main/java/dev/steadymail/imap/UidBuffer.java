package dev.steadymail.imap;

import dev.steadymail.imap.codec.UidSet;
import java.util.Arrays;

/** Collects UIDs in any order, 8 octets each. Not thread-safe. */
final class UidBuffer {
    private long[] uids = new long[16];
    private int count;

    void add(long uid) {
        if (count == uids.length) {
            uids = Arrays.copyOf(uids, 2 * count);
        }
        uids[count++] = uid;
    }

    UidSet toSet() {
        return UidSet.of(Arrays.copyOf(uids, count));
    }
}
