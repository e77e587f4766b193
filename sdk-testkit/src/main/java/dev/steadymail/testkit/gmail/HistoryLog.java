package dev.steadymail.testkit.gmail;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The changes of one mailbox, oldest first. Ids are unsigned, rise, and leave gaps, as the service's do. Not
 * threadsafe: used under the server's lock.
 */
final class HistoryLog {
    private static final int MAX_ENTRIES = 200_000;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private long current;
    private long floor;

    HistoryLog(long firstId) {
        this.current = firstId;
        this.floor = firstId;
    }

    /** The arrays of a history record; the API's name of a type differs from that of its array. */
    enum Type {
        MESSAGE_ADDED("messageAdded", "messagesAdded"),
        MESSAGE_DELETED("messageDeleted", "messagesDeleted"),
        LABEL_ADDED("labelAdded", "labelsAdded"),
        LABEL_REMOVED("labelRemoved", "labelsRemoved");

        final String filterName;
        final String arrayName;

        Type(String filterName, String arrayName) {
            this.filterName = filterName;
            this.arrayName = arrayName;
        }
    }

    /** What happened to one message; {@code labels} are those after the change, or the last ones if it is gone. */
    record Change(Type type, String messageId, String threadId, List<String> labels, List<String> changedLabels) {
        static Change of(Type type, StoredMessage message, List<String> changedLabels) {
            return new Change(type, message.id(), message.threadId(), message.labels(), changedLabels);
        }
    }

    record Entry(long id, List<Change> changes) {}

    long current() {
        return current;
    }

    long append(List<Change> changes) {
        current += 1 + Long.remainderUnsigned(current, 3);
        entries.addLast(new Entry(current, List.copyOf(changes)));
        if (entries.size() > MAX_ENTRIES) {
            floor = entries.removeFirst().id();
        }
        return current;
    }

    /** Returns the entries after {@code start}, or fails as the service does when it no longer goes back so far. */
    List<Entry> after(long start) {
        if (Long.compareUnsigned(start, floor) < 0 || Long.compareUnsigned(start, current) > 0) {
            throw ApiException.notFound();
        }
        return entries.stream()
                .filter(entry -> Long.compareUnsigned(entry.id(), start) > 0)
                .toList();
    }

    void expireBefore(long id) {
        if (Long.compareUnsigned(id, floor) > 0) {
            floor = id;
        }
        entries.removeIf(entry -> Long.compareUnsigned(entry.id(), floor) <= 0);
    }
}
