package dev.steadymail.imap;

import java.time.Duration;

/**
 * How much one request for messages asks for: little at first, then as much as comes in some seconds. Some servers work on each command
 * for as long as they do on a thousand messages (Dovecot reads a maildir's folder anew), so that few and long commands are faster by
 * far; but a long command keeps its connection from others, and is lost as a whole. Thread-safe.
 */
final class Pace {
    static final int MOST = 256;

    private static final int STEP = 16;
    private static final long WANTED_NANOS = Duration.ofSeconds(4).toNanos();

    private int factor = 1;

    /** Returns how many times as much as at first is asked for now, 1 to {@link #MOST}. */
    synchronized int factor() {
        return factor;
    }

    /**
     * Notes how long it took to bring as much as a factor allows, or nearly.
     *
     * @param asked the factor that was asked with
     */
    synchronized void took(int asked, long nanos) {
        long times = WANTED_NANOS / Math.max(1, nanos);
        long wanted = times > 0 ? asked * Math.min(STEP, times) : asked * WANTED_NANOS / nanos;
        factor = (int) Math.max(1, Math.min(MOST, wanted));
    }

    /** Notes that an answer did not come to its end. */
    synchronized void broke() {
        factor = 1;
    }
}
