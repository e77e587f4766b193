package dev.steadymail.cache;

import java.util.concurrent.locks.LockSupport;

/** Real time, in which the pauses of a world are some hundred times shorter. */
final class RealTime implements WorldTime {
    /** So many times shorter than in worlds with time of their own. */
    static final int SHORTER = 200;

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public void pass(long nanos) {
        long end = System.nanoTime() + nanos / SHORTER;
        while (System.nanoTime() - end <= 0) {
            LockSupport.parkNanos(Math.max(1, end - System.nanoTime()));
        }
    }

    @Override
    public void pause(long nanos) {
        LockSupport.parkNanos(nanos);
    }
}
