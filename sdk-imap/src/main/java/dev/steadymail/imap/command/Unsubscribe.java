package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.StatusText;

/** UNSUBSCRIBE (RFC 3501 section 6.3.7): has clients show a mailbox no more. */
public final class Unsubscribe implements Exchange<StatusText> {
    private final String mailbox;

    /** Takes the name as the server spells it. */
    public Unsubscribe(String mailbox) {
        this.mailbox = mailbox;
    }

    @Override
    public Command command() {
        return Command.named("UNSUBSCRIBE").mailbox(mailbox);
    }

    @Override
    public StatusText result(StatusText completed) {
        return completed;
    }
}
