package dev.steadymail.cli.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Progress as plain lines, at most one in {@link #INTERVAL}, for logs. Thread-safe. */
public final class PlainProgress implements Progress {
    static final Duration INTERVAL = Duration.ofSeconds(5);

    private final PrintStream err;
    private final String task;
    private final LongSupplier nanos;
    private long lastNanos;

    /**
     * Starts silent.
     *
     * @param nanos monotonic nanoseconds
     */
    public PlainProgress(PrintStream err, String task, LongSupplier nanos) {
        this.err = err;
        this.task = task;
        this.nanos = nanos;
        this.lastNanos = nanos.getAsLong();
    }

    @Override
    public synchronized void update(long done, long expected) {
        long now = nanos.getAsLong();
        if (now - lastNanos >= INTERVAL.toNanos()) {
            lastNanos = now;
            say(
                    expected < 0
                            ? String.format(Locale.ROOT, "%,d emails", done)
                            : String.format(Locale.ROOT, "%,d of %,d emails", done, expected));
        }
    }

    @Override
    public void say(String message) {
        err.println(task + ": " + SafeText.line(message));
    }

    @Override
    public void close() {
        err.flush();
    }
}
