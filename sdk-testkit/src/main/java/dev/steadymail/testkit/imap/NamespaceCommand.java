package dev.steadymail.testkit.imap;

/** NAMESPACE, RFC 2342: one personal namespace without prefix. */
final class NamespaceCommand implements Command {

    @Override
    public Completion run(ImapSession session, CommandReader args) {
        args.end();
        session.writer().untagged("NAMESPACE ((\"\" \"" + ServerMailbox.DELIMITER + "\")) NIL NIL");
        return Completion.ok("NAMESPACE done");
    }
}
