package dev.steadymail.imap.wire;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The server sent what it must not; the connection is over. The message quotes nothing of it. */
public final class BrokenProtocolException extends IOException {
    private static final long serialVersionUID = 1;

    private final boolean injected;
    private final boolean tooLarge;

    private BrokenProtocolException(String message, @Nullable Throwable cause, boolean injected, boolean tooLarge) {
        super(message, cause);
        this.injected = injected;
        this.tooLarge = tooLarge;
    }

    static BrokenProtocolException of(String message) {
        return new BrokenProtocolException(message, null, false, false);
    }

    /** Somebody in between may have sent it (CVE-2011-0411). */
    static BrokenProtocolException injected(String message) {
        return new BrokenProtocolException(message, null, true, false);
    }

    static BrokenProtocolException tooLarge(Throwable cause) {
        return new BrokenProtocolException(String.valueOf(cause.getMessage()), cause, false, true);
    }

    /** Returns whether somebody may be between us and the server. */
    public boolean isInjected() {
        return injected;
    }

    /** Returns whether a bound was passed. */
    public boolean isTooLarge() {
        return tooLarge;
    }
}
