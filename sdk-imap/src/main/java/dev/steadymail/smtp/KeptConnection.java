package dev.steadymail.smtp;

import dev.steadymail.time.Scheduler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** At most one connection that nobody uses, for a while. Thread-safe. */
final class KeptConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeptConnection.class);

    private final Scheduler scheduler;
    private final Duration time;
    private @Nullable SmtpConnection connection;
    private Scheduler.@Nullable Timer timer;
    private boolean closed;

    KeptConnection(Scheduler scheduler, Duration time) {
        this.scheduler = scheduler;
        this.time = time;
    }

    /** Takes the connection where there is one that may be used; it is the caller's then. */
    @Nullable
    SmtpConnection take() {
        SmtpConnection taken = remove();
        if (taken != null && !taken.isReusable()) {
            taken.abort();
            return null;
        }
        return taken;
    }

    /** Keeps a connection, or ends it where it cannot be used again, nobody wants another, or no timer can be had. Throws nothing. */
    void put(SmtpConnection used) {
        try {
            if (!used.isReusable()) {
                used.abort();
            } else if (time.isZero() || !keep(used)) {
                used.leave();
            }
        } catch (RuntimeException failure) {
            // Whatever it is, thrown it would hide what came of the message.
            LOG.debug("a connection could not be kept: {}", failure.getClass().getName());
            used.abort();
        }
    }

    private synchronized boolean keep(SmtpConnection used) {
        if (closed || connection != null) {
            return false;
        }
        timer = scheduler.schedule(this::leave, time);
        connection = used;
        return true;
    }

    private synchronized @Nullable SmtpConnection remove() {
        SmtpConnection taken = connection;
        connection = null;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        return taken;
    }

    private void leave() {
        SmtpConnection left = remove();
        if (left != null) {
            left.leave();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        leave();
    }
}
