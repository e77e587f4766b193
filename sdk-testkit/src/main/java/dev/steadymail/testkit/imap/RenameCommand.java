package dev.steadymail.testkit.imap;

/** RENAME, RFC 3501 section 6.3.5; UIDVALIDITY and UIDs stay. */
final class RenameCommand implements Command {

    @Override
    public Completion run(ImapSession session, CommandReader args) {
        args.space();
        String from = args.mailbox();
        args.space();
        String to = args.mailbox();
        args.end();
        AccountStore store = session.store();
        store.run(() -> store.rename(from, to));
        return Completion.ok("RENAME done");
    }
}
