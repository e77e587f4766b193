package dev.steadymail.testkit.imap;

import java.io.IOException;

/** IDLE, RFC 2177: changes go out as they happen until the client says DONE. */
final class IdleCommand implements Command {

    @Override
    public Completion run(ImapSession session, CommandReader args) throws IOException {
        args.end();
        session.writer().continuation("idling");
        session.writer().flush();
        IdlePush push = IdlePush.start(session);
        String line;
        try {
            line = session.input().requireLine();
        } finally {
            push.stop();
        }
        return line.equalsIgnoreCase("DONE") ? Completion.ok("IDLE done") : Completion.bad("expected DONE");
    }
}
