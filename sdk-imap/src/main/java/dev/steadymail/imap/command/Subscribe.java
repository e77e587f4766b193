package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.StatusText;

/** SUBSCRIBE (RFC 3501 section 6.3.6): has clients show a mailbox. */
public final class Subscribe implements Exchange<StatusText> {
    private final String mailbox;

    /** Takes the name as the server spells it. */
    public Subscribe(String mailbox) {
        this.mailbox = mailbox;
    }

    @Override
    public Command command() {
        return Command.named("SUBSCRIBE").mailbox(mailbox);
    }

    @Override
    public StatusText result(StatusText completed) {
        return completed;
    }
}
