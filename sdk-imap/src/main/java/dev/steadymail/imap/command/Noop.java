package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.StatusText;

/** NOOP (RFC 3501 section 6.1.2): asks for nothing but a sign of life, and for what changed in the selected mailbox. */
public final class Noop implements Exchange<StatusText> {
    @Override
    public Command command() {
        return Command.named("NOOP");
    }

    @Override
    public StatusText result(StatusText completed) {
        return completed;
    }
}
