package dev.steadymail.testkit.imap;

/** ID, RFC 2971; the client's own fields are read over. */
final class IdCommand implements Command {

    @Override
    public Completion run(ImapSession session, CommandReader args) {
        args.space();
        if (!args.skipKeyword("NIL")) {
            args.list(() -> nstring(args));
        }
        args.end();
        session.writer().untagged("ID (\"name\" \"steadymail-testkit\")");
        return Completion.ok("ID done");
    }

    private static String nstring(CommandReader args) {
        return args.skipKeyword("NIL") ? "" : CommandReader.utf8(args.stringBytes());
    }
}
