package dev.steadymail.testkit.imap;

/** STATUS, RFC 3501 section 6.3.10. */
final class StatusCommand implements Command {

    @Override
    public Completion run(ImapSession session, CommandReader args) {
        args.space();
        String name = args.mailbox();
        args.space();
        StatusItems items = StatusItems.read(session, args);
        args.end();
        AccountStore store = session.store();
        ResponseLine line = store.call(() -> items.describe(store.require(name, "NONEXISTENT")));
        session.writer().send(line);
        return Completion.ok("STATUS done");
    }
}
