package dev.steadymail.testkit.imap;

/** NOOP and CHECK, RFC 3501 sections 6.1.2 and 6.4.1: what they are for is the report of changes that follows every command. */
final class NoopCommand implements Command {

    @Override
    public Completion run(ImapSession session, CommandReader args) {
        args.end();
        return Completion.ok("nothing to do");
    }
}
