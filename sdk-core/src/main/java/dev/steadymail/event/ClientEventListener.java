package dev.steadymail.event;

/**
 * Hears what clients do. Called on the thread on which it happened, sometimes on the thread that serves all timers: return at
 * once, never block. What a listener throws is logged and otherwise ignored. Thread-safe.
 */
@FunctionalInterface
public interface ClientEventListener {
    void on(ClientEvent event);
}
