package dev.steadymail.testkit.imap;

/** STARTTLS, RFC 3501 section 6.2.1. */
final class StartTlsCommand implements Command {

    @Override
    public Completion run(ImapSession session, CommandReader args) {
        args.end();
        if (!session.mayStartTls()) {
            return Completion.bad("STARTTLS is not offered here");
        }
        session.requestTls();
        return Completion.ok("begin TLS now");
    }
}
