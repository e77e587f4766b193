package dev.steadymail.imap.wire;

import java.io.IOException;

/** No address of the host could be connected to; the cause is of the one tried last. */
public final class UnreachableException extends IOException {
    private static final long serialVersionUID = 1;

    UnreachableException(IOException cause) {
        super("no address could be connected to", cause);
    }
}
