package dev.steadymail.guard;

import dev.steadymail.event.ClientEventListener;
import dev.steadymail.mail.AccountId;
import dev.steadymail.time.TimeSource;
import org.jspecify.annotations.Nullable;

/** The guards of one process, and what they share: circuits and quotas of projects and hosts. Thread-safe. */
@SuppressWarnings("UnusedVariable")
public final class Guards {
    private final TimeSource time;
    private final @Nullable SharedLimits shared;
    private final @Nullable ClientEventListener listener;

    /**
     * Starts with nothing open.
     *
     * @param time clock, timers and chance
     * @param shared limits that other processes share, or null
     * @param listener hears what happens, or null
     */
    public Guards(TimeSource time, @Nullable SharedLimits shared, @Nullable ClientEventListener listener) {
        this.time = time;
        this.shared = shared;
        this.listener = listener;
    }

    /** Returns a new guard for an account. Close it when done. */
    public Guard open(AccountId account, GuardProfile profile, Traffic traffic) {
        return new Guard(time, account, profile, traffic);
    }
}
