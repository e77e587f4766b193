package dev.steadymail.imap.wire;

import java.io.IOException;

/** The connection ended before TLS was on; the cause tells why. */
public final class HandshakeException extends IOException {
    private static final long serialVersionUID = 1;

    HandshakeException(IOException cause) {
        super("the TLS handshake failed", cause);
    }
}
