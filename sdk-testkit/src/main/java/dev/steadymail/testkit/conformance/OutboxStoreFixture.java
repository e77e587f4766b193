package dev.steadymail.testkit.conformance;

import dev.steadymail.send.OutboxStore;

/** One outbox store on one medium of its own, empty at first, for one test. */
public interface OutboxStoreFixture extends AutoCloseable {
    /** Opens the store on the medium as it is now; one that was opened before is dropped, as by a kill. */
    OutboxStore open();

    /** Returns whether the medium keeps anything when its process ends. */
    default boolean isDurable() {
        return true;
    }

    /** Removes the medium; fails unchecked only. */
    @Override
    void close();
}
