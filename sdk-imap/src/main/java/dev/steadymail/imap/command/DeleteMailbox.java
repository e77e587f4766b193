package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.StatusText;

/** DELETE (RFC 3501 section 6.3.4): removes a mailbox with all that is in it. */
public final class DeleteMailbox implements Exchange<StatusText> {
    private final String mailbox;

    /** Takes the name as the server spells it. */
    public DeleteMailbox(String mailbox) {
        this.mailbox = mailbox;
    }

    @Override
    public Command command() {
        return Command.named("DELETE").mailbox(mailbox);
    }

    @Override
    public StatusText result(StatusText completed) {
        return completed;
    }
}
