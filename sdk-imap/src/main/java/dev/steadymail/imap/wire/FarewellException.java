package dev.steadymail.imap.wire;

import dev.steadymail.imap.codec.StatusText;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The server said BYE (RFC 3501 section 7.1.5), and the connection is over. What it said is for whoever classifies it. */
public final class FarewellException extends IOException {
    private static final long serialVersionUID = 1;

    private final transient StatusText said;

    FarewellException(StatusText said, @Nullable Throwable cause) {
        super("the server said BYE", cause);
        this.said = said;
    }

    /** Returns what the server gave as its reason. */
    public StatusText said() {
        return said;
    }
}
