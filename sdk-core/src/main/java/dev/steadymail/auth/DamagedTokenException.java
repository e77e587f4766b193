package dev.steadymail.auth;

import java.io.IOException;

/** A file of the token folder is not what was written there; the message says in what way. */
final class DamagedTokenException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedTokenException(String message) {
        super(message);
    }
}
