package dev.steadymail.watch;

/**
 * Hears what a watch has to tell, one event at a time, on a worker thread of the runtime's: it may block, and mostly runs a sync. The
 * watch holds no connection while it hears of a change, so that a sync has what the account may have; what happens meanwhile is told
 * afterwards, together. What it throws is logged, and changes nothing.
 */
@FunctionalInterface
public interface WatchListener {
    void event(WatchEvent event);
}
