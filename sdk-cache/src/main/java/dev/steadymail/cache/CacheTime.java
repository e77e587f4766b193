package dev.steadymail.cache;

import java.util.concurrent.TimeUnit;

/** Time as a cache has it, which tests move by hand. Thread-safe. */
@FunctionalInterface
interface CacheTime {
    CacheTime SYSTEM = System::nanoTime;

    /** Returns monotonic nanoseconds with an arbitrary origin. */
    long nanos();

    /** Waits so long. */
    default void pause(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos);
    }
}
