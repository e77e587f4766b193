package dev.steadymail.cache;

/** Time in a world of tests. */
interface WorldTime extends CacheTime {
    /** Lets so much time pass, or less. */
    void pass(long nanos);

    @Override
    default void pause(long nanos) {
        pass(nanos);
    }
}
