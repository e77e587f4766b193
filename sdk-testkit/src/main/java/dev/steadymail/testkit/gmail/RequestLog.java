package dev.steadymail.testkit.gmail;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The newest calls, oldest first. Threadsafe. */
final class RequestLog {
    private static final int MAX_ENTRIES = 100_000;

    private final Deque<GmailRequest> entries = new ArrayDeque<>(); // guarded by this

    synchronized void add(GmailRequest entry) {
        if (entries.size() == MAX_ENTRIES) {
            entries.removeFirst();
        }
        entries.addLast(entry);
    }

    synchronized List<GmailRequest> entries() {
        return List.copyOf(entries);
    }

    synchronized void clear() {
        entries.clear();
    }
}
