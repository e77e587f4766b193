package dev.steadymail.gmail;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages with their threads and labels, in 27 to 54 octets each: ids are 64-bit numbers in hexadecimal, and few sets of labels serve
 * all messages. An id or thread that is written otherwise is not kept. Thread-safe.
 */
final class LabelTable {
    /** More messages than this are not kept. */
    static final int MOST = 1_000_000;

    private static final int FIRST_ROOM = 1_024;

    // All guarded by this. Open addressing: a place is free where the set is 0.
    private long[] ids = new long[FIRST_ROOM];
    private long[] threads = new long[FIRST_ROOM];
    private int[] sets = new int[FIRST_ROOM];
    private int size;
    private final List<String> names = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    /** Sets by their number; 0 is no set, 1 the empty one. */
    private final List<List<Integer>> members = new ArrayList<>(List.of(List.of(), List.of()));

    private final Map<List<Integer>, Integer> setNumbers = new HashMap<>(Map.of(List.of(), 1));

    /** Adds a message without labels, unless it is there; answers false where there is no room. */
    synchronized boolean add(String id, @Nullable String thread) {
        Long number = number64(id);
        Long threadNumber = thread == null ? null : number64(thread);
        if (number == null || threadNumber == null) {
            return true;
        }
        int at = place(number);
        if (sets[at] == 0) {
            if (size == MOST) {
                return false;
            }
            put(at, number, threadNumber, 1);
            size++;
            growWhereFull();
        }
        return true;
    }

    /** Returns the number of a label in this table. */
    synchronized int number(String label) {
        return numbers.computeIfAbsent(label, absent -> {
            names.add(label);
            return names.size() - 1;
        });
    }

    /** Notes that a message bears a label; one that is not in the table stays out. */
    synchronized void label(String id, int label) {
        int at = find(id);
        if (at >= 0) {
            sets[at] = with(sets[at], label);
        }
    }

    synchronized int size() {
        return size;
    }

    /** Returns the place of a message, good until one is added; -1 where it is not here. */
    synchronized int find(String id) {
        Long number = number64(id);
        int at = number == null ? -1 : place(number);
        return at >= 0 && sets[at] != 0 ? at : -1;
    }

    synchronized List<String> labels(int at) {
        return members.get(sets[at]).stream().map(names::get).toList();
    }

    synchronized String thread(int at) {
        return Long.toHexString(threads[at]);
    }

    private int with(int set, int label) {
        List<Integer> before = members.get(set);
        if (before.contains(label)) {
            return set;
        }
        List<Integer> after = new ArrayList<>(before);
        after.add(label);
        after.sort(null);
        return setNumbers.computeIfAbsent(List.copyOf(after), made -> {
            members.add(made);
            return members.size() - 1;
        });
    }

    /** Returns where an id is, or would be. */
    private int place(long id) {
        int mask = ids.length - 1;
        int at = (int) ((id * 0x9E3779B97F4A7C15L) >>> 33) & mask;
        while (sets[at] != 0 && ids[at] != id) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void put(int at, long id, long thread, int set) {
        ids[at] = id;
        threads[at] = thread;
        sets[at] = set;
    }

    /** Keeps a quarter free; the room doubles. */
    private void growWhereFull() {
        if (size < ids.length / 4 * 3) {
            return;
        }
        long[] oldIds = ids;
        long[] oldThreads = threads;
        int[] oldSets = sets;
        ids = new long[oldIds.length * 2];
        threads = new long[ids.length];
        sets = new int[ids.length];
        for (int i = 0; i < oldIds.length; i++) {
            if (oldSets[i] != 0) {
                put(place(oldIds[i]), oldIds[i], oldThreads[i], oldSets[i]);
            }
        }
    }

    /** Returns a number that prints as exactly this text, or null. */
    private static @Nullable Long number64(String hex) {
        try {
            long number = Long.parseUnsignedLong(hex, 16);
            return Long.toHexString(number).equals(hex) ? number : null;
        } catch (NumberFormatException other) {
            return null;
        }
    }
}
