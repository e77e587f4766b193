package dev.steadymail.testkit.imap;

/** LOGOUT, RFC 3501 section 6.1.3. */
final class LogoutCommand implements Command {

    @Override
    public Completion run(ImapSession session, CommandReader args) {
        args.end();
        session.writer().untagged("BYE logging out");
        session.logOut();
        return Completion.ok("LOGOUT done");
    }
}
