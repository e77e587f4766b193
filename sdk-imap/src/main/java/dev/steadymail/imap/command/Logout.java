package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.StatusText;

/** LOGOUT (RFC 3501 section 6.1.3): the server says BYE, then completes, and closes the connection. */
public final class Logout implements Exchange<StatusText> {

    @Override
    public Command command() {
        return Command.named("LOGOUT");
    }

    @Override
    public StatusText result(StatusText completed) {
        return completed;
    }
}
