package dev.steadymail.testkit.imap;

/** DELETE, RFC 3501 section 6.3.4; mailboxes below stay. */
final class DeleteCommand implements Command {

    @Override
    public Completion run(ImapSession session, CommandReader args) {
        args.space();
        String name = args.mailbox();
        args.end();
        AccountStore store = session.store();
        store.run(() -> store.delete(name));
        return Completion.ok("DELETE done");
    }
}
