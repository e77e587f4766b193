package dev.steadymail.event;

import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Hears what clients do. Called on the thread on which it happened, sometimes on the thread that serves all timers: return at
 * once, never block. What a listener throws is logged and otherwise ignored. Thread-safe.
 */
@FunctionalInterface
public interface ClientEventListener {
    void on(ClientEvent event);

    /** Returns a listener that tells others, in their order; one that fails keeps nothing from the rest. */
    static ClientEventListener all(List<? extends ClientEventListener> listeners) {
        ClientEventListener[] told = listeners.toArray(ClientEventListener[]::new);
        return event -> {
            for (ClientEventListener listener : told) {
                tell(listener, event);
            }
        };
    }

    /** Tells a listener, and logs what it throws. */
    static void tell(ClientEventListener listener, ClientEvent event) {
        try {
            listener.on(event);
        } catch (RuntimeException | LinkageError fault) {
            LoggerFactory.getLogger(ClientEventListener.class)
                    .warn("A listener of client events failed; the event is lost to it", fault);
        }
    }
}
