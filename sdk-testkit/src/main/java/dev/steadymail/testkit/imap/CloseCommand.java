package dev.steadymail.testkit.imap;

/** CLOSE, which expunges without saying so (RFC 3501 section 6.4.2), and UNSELECT, which does not expunge (RFC 3691). */
final class CloseCommand implements Command {

    private final boolean expunges;

    CloseCommand(boolean expunges) {
        this.expunges = expunges;
    }

    @Override
    public Completion run(ImapSession session, CommandReader args) {
        args.end();
        SelectedMailbox selected = session.selected();
        if (expunges && !selected.isReadOnly()) {
            session.store().run(() -> ExpungeCommand.expunge(selected, message -> true));
        }
        session.deselect();
        return Completion.ok("mailbox closed");
    }
}
