package dev.steadymail.testkit.imap;

/** CREATE, RFC 3501 section 6.3.3, with MAILBOXID of RFC 8474 section 4.1. */
final class CreateCommand implements Command {

    @Override
    public Completion run(ImapSession session, CommandReader args) {
        args.space();
        String name = args.mailbox();
        args.end();
        // A delimiter at the end only declares that mailboxes will be created below.
        boolean declared = name.length() > 1 && name.charAt(name.length() - 1) == ServerMailbox.DELIMITER;
        String wanted = declared ? name.substring(0, name.length() - 1) : name;
        AccountStore store = session.store();
        store.run(() -> store.create(wanted, null));
        return Completion.ok(code(session, wanted), "CREATE done");
    }

    private static String code(ImapSession session, String name) {
        AccountStore store = session.store();
        return session.offers(ImapCapability.OBJECTID)
                ? "MAILBOXID ("
                        + store.call(() -> store.require(name, "NONEXISTENT").mailboxId()) + ")"
                : "";
    }
}
