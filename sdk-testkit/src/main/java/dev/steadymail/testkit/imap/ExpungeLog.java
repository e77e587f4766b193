package dev.steadymail.testkit.imap;

import java.util.Collection;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The UIDs that were expunged from a mailbox, by the modification sequence at which each went. The last 100,000 are kept; servers may
 * forget (RFC 7162 section 5). Guarded by the lock of the {@link AccountStore}.
 */
final class ExpungeLog {

    private static final int MAX_KEPT = 100_000;

    private final NavigableMap<Long, Long> uidsByModSeq = new TreeMap<>();
    private long forgottenUpTo;

    void add(long modSeq, long uid) {
        uidsByModSeq.put(modSeq, uid);
        if (uidsByModSeq.size() > MAX_KEPT) {
            forgottenUpTo = uidsByModSeq.pollFirstEntry().getKey();
        }
    }

    void forgetUpTo(long modSeq) {
        uidsByModSeq.headMap(modSeq, true).clear();
        forgottenUpTo = Math.max(forgottenUpTo, modSeq);
    }

    /** Tells whether {@link #since} is complete for this modification sequence. */
    boolean remembersSince(long modSeq) {
        return modSeq >= forgottenUpTo;
    }

    Collection<Long> since(long modSeq) {
        return uidsByModSeq.tailMap(modSeq, false).values();
    }
}
