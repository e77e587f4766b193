package dev.steadymail.event;

/** Work that is made of calls, on one thread. */
@FunctionalInterface
public interface WorkTrace {
    /** Follows nothing. */
    WorkTrace NONE = event -> {};

    /**
     * It ended, on the thread on which it began.
     *
     * @param event what it came to: a {@link ClientEvent.SyncEvent}, {@link ClientEvent.CacheEvent} or {@link ClientEvent.SendEvent}
     */
    void ended(ClientEvent event);
}
