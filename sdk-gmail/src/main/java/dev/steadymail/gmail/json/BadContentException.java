package dev.steadymail.gmail.json;

import java.io.IOException;

/** An answer is complete and is not what it should be: asking again would bring the same. */
public final class BadContentException extends IOException {
    private static final long serialVersionUID = 1;

    BadContentException(String message) {
        super(message);
    }
}
