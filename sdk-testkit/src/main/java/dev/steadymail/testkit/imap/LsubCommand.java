package dev.steadymail.testkit.imap;

/** LSUB, RFC 3501 section 6.3.9; names above a subscribed one are not made up. */
final class LsubCommand implements Command {

    @Override
    public Completion run(ImapSession session, CommandReader args) {
        args.space();
        String reference = args.mailbox();
        args.space();
        MailboxPattern pattern = new MailboxPattern(reference + args.listMailbox());
        args.end();
        AccountStore store = session.store();
        store.call(() -> {
            store.subscriptions().stream()
                    .filter(pattern::matches)
                    .forEach(name -> ListCommand.send("LSUB", "", name, session.writer()));
            return true;
        });
        return Completion.ok("LSUB done");
    }
}
