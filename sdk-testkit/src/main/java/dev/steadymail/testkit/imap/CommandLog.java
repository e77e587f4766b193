package dev.steadymail.testkit.imap;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The commands received, oldest first, without tags and without secrets. Thread-safe. */
final class CommandLog {

    /** Older commands are forgotten beyond this, so that a long run cannot fill the heap. */
    static final int MAX_COMMANDS = 100_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final Deque<Entry> entries = new ArrayDeque<>(); // guarded by lock

    void add(String name, String text) {
        lock.lock();
        try {
            if (entries.size() == MAX_COMMANDS) {
                entries.removeFirst();
            }
            entries.addLast(new Entry(name, isSecret(name) ? redact(text) : text));
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    List<String> texts() {
        lock.lock();
        try {
            return entries.stream().map(Entry::text).toList();
        } finally {
            lock.unlock();
        }
    }

    void clear() {
        lock.lock();
        try {
            entries.clear();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a command has been received {@code count} times since the log was cleared. */
    boolean await(String command, int count, Duration timeout) throws InterruptedException {
        long nanos = timeout.toNanos();
        lock.lock();
        try {
            while (occurrences(command) < count) {
                if (nanos <= 0) {
                    return false;
                }
                nanos = grown.awaitNanos(nanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private long occurrences(String command) {
        return entries.stream()
                .filter(entry -> FaultPlan.names(command, entry.name()))
                .count();
    }

    private static boolean isSecret(String name) {
        return name.equals("LOGIN") || name.equals("AUTHENTICATE");
    }

    /** Keeps the command and, for AUTHENTICATE, the mechanism. */
    private static String redact(String text) {
        String[] words = text.split(" ", -1);
        boolean mechanism = words.length > 1 && words[0].equalsIgnoreCase("AUTHENTICATE");
        return words[0] + (mechanism ? " " + words[1] : "") + " <redacted>";
    }

    private record Entry(String name, String text) {}
}
