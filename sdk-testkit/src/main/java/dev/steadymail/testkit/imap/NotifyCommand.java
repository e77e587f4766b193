package dev.steadymail.testkit.imap;

/**
 * NOTIFY, RFC 5465: changes go out between commands. The reports that follow commands stay as they are without NOTIFY, for the selected
 * mailbox too.
 */
final class NotifyCommand implements Command {

    @Override
    public Completion run(ImapSession session, CommandReader args) {
        args.space();
        if (args.skipKeyword("NONE")) {
            args.end();
            session.stopNotifying();
            return Completion.ok("NOTIFY done");
        }
        if (!args.skipKeyword("SET")) {
            throw new CommandSyntaxException("NOTIFY takes SET or NONE");
        }
        args.space();
        boolean status = args.skipKeyword("STATUS");
        if (status) {
            args.space();
        }
        NotifyRequest request = NotifyRequest.read(session, args);
        args.end();
        session.stopNotifying();
        NotifyWatch watch = session.store().call(() -> watch(session, request, status));
        session.startNotifying(watch);
        return Completion.ok("NOTIFY done");
    }

    private static NotifyWatch watch(ImapSession session, NotifyRequest request, boolean status) {
        NotifyWatch watch = new NotifyWatch(request, session.store());
        if (status) {
            watch.tellStatus(session.writer(), session.selectedOrNull(), session.tracking());
        }
        return watch;
    }
}
