package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.StatusText;

/** RENAME (RFC 3501 section 6.3.5): those below it go with it, and INBOX is emptied into the new one. */
public final class RenameMailbox implements Exchange<StatusText> {
    private final String from;
    private final String to;

    /** Takes names as the server spells them. */
    public RenameMailbox(String from, String to) {
        this.from = from;
        this.to = to;
    }

    @Override
    public Command command() {
        return Command.named("RENAME").mailbox(from).mailbox(to);
    }

    @Override
    public StatusText result(StatusText completed) {
        return completed;
    }
}
