package dev.steadymail.send;

/**
 * Hears of every change in an outbox, after it was stored. Called on the thread that made it: return soon, and wait for
 * no message of the same outbox, which would wait for you. What a listener throws is
 * logged and otherwise ignored. Thread-safe.
 */
@FunctionalInterface
public interface OutboxListener {
    void changed(OutboxEntry entry);
}
