package dev.steadymail.gmail.upload;

import dev.steadymail.mail.MailException;
import java.io.IOException;

/** Ends a request just before its message would have left, since it must not any more. */
public final class NotLeavingException extends IOException {
    private static final long serialVersionUID = 1L;

    private final MailException reason;

    NotLeavingException(MailException reason) {
        super("the message must not leave any more", reason);
        this.reason = reason;
    }

    /** Returns what forbade it; nothing came of the request. */
    public MailException reason() {
        return reason;
    }
}
