package dev.steadymail.benchmarks.imap;

import jakarta.mail.internet.AddressException;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.angus.mail.iap.ProtocolException;

/**
 * Hears why Angus Mail drops a response, which it tells nobody but its log. Of this one reason is known: it validates the addresses of an
 * envelope, embedded ones too, and one that is not valid costs the whole message. Thread-safe.
 */
final class AngusDrops extends Handler {
    private static final Logger LOGGER = Logger.getLogger("org.eclipse.angus.mail");

    private long invalidAddresses;
    private long others;

    /** Returns one that hears everything from now on, until it is closed. */
    static AngusDrops listen() {
        AngusDrops drops = new AngusDrops();
        LOGGER.setLevel(Level.FINE);
        LOGGER.setUseParentHandlers(false);
        LOGGER.addHandler(drops);
        return drops;
    }

    synchronized long invalidAddresses() {
        return invalidAddresses;
    }

    /** Returns how many were dropped for another reason. */
    synchronized long others() {
        return others;
    }

    @Override
    public synchronized void publish(LogRecord message) {
        Throwable reason = message.getThrown();
        if (reason instanceof ProtocolException && reason.getCause() instanceof AddressException) {
            invalidAddresses++;
        } else if (reason instanceof ProtocolException) {
            others++;
        }
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        LOGGER.removeHandler(this);
    }
}
