package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.StatusText;

/** UNSELECT (RFC 3691): leaves the mailbox without expunging what is marked. */
public final class Unselect implements Exchange<StatusText> {

    @Override
    public Command command() {
        return Command.named("UNSELECT");
    }

    @Override
    public StatusText result(StatusText completed) {
        return completed;
    }
}
