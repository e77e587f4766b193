package dev.steadymail.cache;

import dev.steadymail.mail.EmailId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers what changed lately, so that an answer that was on its way meanwhile is not kept. What is forgotten counts as changed. Not
 * thread-safe.
 */
final class ChangeLog {
    private static final int MOST = 2_000;

    private final Map<EmailId, Long> changedAt = new LinkedHashMap<>();
    private long position;
    private long floor;

    /** Returns where a reading begins. */
    long position() {
        return position;
    }

    void changed(EmailId id) {
        position++;
        changedAt.remove(id);
        changedAt.put(id, position);
        if (changedAt.size() > MOST) {
            Iterator<Map.Entry<EmailId, Long>> eldest = changedAt.entrySet().iterator();
            floor = Math.max(floor, eldest.next().getValue());
            eldest.remove();
        }
    }

    /** Notes that something changed that is in lists only. */
    void changedLists() {
        position++;
    }

    /** Notes that anything may have changed. */
    void changedAll() {
        position++;
        floor = position;
        changedAt.clear();
    }

    /** Returns whether an email may have changed since a reading began. */
    boolean changedSince(long begun, EmailId id) {
        return begun < floor || changedAt.getOrDefault(id, 0L) > begun;
    }

    /** Returns whether anything may have. */
    boolean changedSince(long begun) {
        return begun < position;
    }
}
