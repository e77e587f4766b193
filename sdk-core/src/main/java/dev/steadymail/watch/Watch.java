package dev.steadymail.watch;

/** A watch that goes on until it is closed, or its client is. Thread-safe. */
public interface Watch extends AutoCloseable {
    /** Ends the watch without waiting for it; what its listener is told at this moment is the last. Harmless when repeated. */
    @Override
    void close();
}
