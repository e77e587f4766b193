package dev.steadymail.testkit.imap;

import java.io.IOException;

/** A fault, or a fatal breach of the protocol, ends this connection. */
final class ConnectionCutException extends IOException {

    private static final long serialVersionUID = 1;

    ConnectionCutException(String message) {
        super(message);
    }
}
