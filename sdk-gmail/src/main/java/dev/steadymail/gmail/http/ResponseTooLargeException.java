package dev.steadymail.gmail.http;

import java.io.IOException;

/** A decoded answer had more octets than allowed; the rest was not read. */
public final class ResponseTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    ResponseTooLargeException(long limit) {
        super("the decoded answer has more than " + limit + " octets");
    }
}
