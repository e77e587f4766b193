package dev.steadymail.testkit.imap;

/** CAPABILITY, RFC 3501 section 6.1.1. */
final class CapabilityCommand implements Command {

    @Override
    public Completion run(ImapSession session, CommandReader args) {
        args.end();
        session.writer().untagged("CAPABILITY " + session.capabilities());
        return Completion.ok("CAPABILITY done");
    }
}
