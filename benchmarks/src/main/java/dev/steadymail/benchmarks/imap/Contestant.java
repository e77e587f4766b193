package dev.steadymail.benchmarks.imap;

import java.io.IOException;

/** Reads the inbox in one way, once: every run starts without a connection. Not thread-safe. */
interface Contestant extends AutoCloseable {
    /** Gets ready what a run is given and does not have to find out; not measured. */
    default void prepare(Task task) throws Exception {}

    /** Connects, logs in and reads; measured. */
    Reading read(Task task) throws Exception;

    /** Ends the connection; not measured. */
    @Override
    void close() throws IOException;
}
