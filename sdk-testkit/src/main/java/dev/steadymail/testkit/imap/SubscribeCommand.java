package dev.steadymail.testkit.imap;

/** SUBSCRIBE and UNSUBSCRIBE, RFC 3501 sections 6.3.6 and 6.3.7. */
final class SubscribeCommand implements Command {

    private final boolean subscribe;

    SubscribeCommand(boolean subscribe) {
        this.subscribe = subscribe;
    }

    @Override
    public Completion run(ImapSession session, CommandReader args) {
        args.space();
        String name = args.mailbox();
        args.end();
        AccountStore store = session.store();
        boolean done = store.call(() -> subscribe
                ? store.subscriptions().add(store.require(name, "NONEXISTENT").name())
                : store.subscriptions().remove(name));
        return Completion.ok(done ? "done" : "it was so already");
    }
}
