package dev.steadymail.cache;

import dev.steadymail.cache.shared.Dated;
import dev.steadymail.cache.shared.SharedName;
import dev.steadymail.cache.shared.SharedName.Group;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What this process knows that makes shared values too old, whatever the level lost: a value counts only if its reading began after the last
 * change of the same that came from here. While the level has not heard of such a change, none of the account's values
 * counts. Thread-safe.
 */
final class SharedFences {
    private static final int MOST = 2_000;

    // All guarded by this object.
    private final Map<String, Long> states = new LinkedHashMap<>();
    private long floor;
    private long lists;
    private long highest;
    /** Changes that the level may not have heard of are numbered; it has heard of those up to the second number. */
    private long owed;

    private long paid;
    /** The last of them that removed something. */
    private long owedRemoval;

    /** Returns whether a value may be used. */
    synchronized boolean admits(SharedName name, Dated value) {
        if (owed > paid || value.position() < floor) {
            return false;
        }
        return value.position() >= (name.group() == Group.LIST ? lists : states.getOrDefault(name.name(), 0L));
    }

    /** The level has heard, at this position, that these states and all lists changed. */
    synchronized void touched(Collection<String> names, long position) {
        highest = Math.max(highest, position);
        lists = Math.max(lists, position);
        for (String name : names) {
            long before = states.getOrDefault(name, 0L);
            states.remove(name);
            states.put(name, Math.max(before, position));
        }
        while (states.size() > MOST) {
            Iterator<Long> oldest = states.values().iterator();
            floor = Math.max(floor, oldest.next());
            oldest.remove();
        }
    }

    /** The level has heard that anything may have changed. */
    synchronized void touchedAll(long position) {
        highest = Math.max(highest, position);
        lists = Math.max(lists, position);
        floor = Math.max(floor, position);
        states.clear();
    }

    /**
     * The level may not have heard of a change.
     *
     * @param removes whether something is to be removed that it may still have
     */
    synchronized void owe(boolean removes) {
        owed++;
        if (removes) {
            owedRemoval = owed;
        }
    }

    /** Returns whether something is to be removed that the level may still have. */
    synchronized boolean owesRemoval() {
        return owedRemoval > paid;
    }

    /** Returns the number of the last change that the level has not heard of; 0 where it has heard of all. */
    synchronized long owed() {
        return owed > paid ? owed : 0;
    }

    /** The level has heard that anything may have changed, and with it of what was owed then. */
    synchronized void paid(long then, long position) {
        touchedAll(position);
        paid = Math.max(paid, then);
    }

    /** Returns the highest position that was heard of. */
    synchronized long highest() {
        return highest;
    }
}
