package dev.steadymail.imap;

import java.io.IOException;

/** The server sent, or announced, more than is taken from it. */
final class ResponseTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    ResponseTooLargeException(String what) {
        super("the server sent " + what + " in one response; raise the limit in ImapSettings where that is meant");
    }
}
