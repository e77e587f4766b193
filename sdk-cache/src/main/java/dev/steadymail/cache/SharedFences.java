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
 * change of the same that came from here or was heard of here. While the level has not heard of such a change, none of the account's values
 * counts. Thread-safe.
 */
final class SharedFences {
    private static final int MOST = 2_000;

    // All guarded by this object.
    private final Map<String, Long> states = new LinkedHashMap<>();
    private long floor;
    private long lists;
    private long highest;
    private long owed;

    /** Returns whether a value may be used. */
    synchronized boolean admits(SharedName name, Dated value) {
        if (owed != 0 || value.position() < floor) {
            return false;
        }
        return value.position() >= (name.group() == Group.LIST ? lists : states.getOrDefault(name.name(), 0L));
    }

    /** The level has heard, at this position, that these states and all lists changed. */
    synchronized void touched(Collection<String> names, long position) {
        highest = Math.max(highest, position);
        lists = Math.max(lists, position);
        for (String name : names) {
            states.remove(name);
            states.put(name, position);
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

    /** The level may not have heard of a change. */
    synchronized void owe() {
        owed++;
    }

    /** Returns what the level has not heard of: 0 for nothing, and a number that grows with each change else. */
    synchronized long owed() {
        return owed;
    }

    /** The level has heard that anything may have changed, and with it of what was owed then. */
    synchronized void paid(long then, long position) {
        touchedAll(position);
        if (owed == then) {
            owed = 0;
        }
    }

    /** Returns the highest position that was heard of. */
    synchronized long highest() {
        return highest;
    }
}
