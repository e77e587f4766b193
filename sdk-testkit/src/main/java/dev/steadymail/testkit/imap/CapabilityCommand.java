package dev.steadymail.testkit.imap;

import java.util.ArrayList;
import java.util.List;

/** CAPABILITY, RFC 3501 section 6.1.1. */
final class CapabilityCommand implements Command {

    @Override
    public Completion run(ImapSession session, CommandReader args) {
        args.end();
        session.writer().untagged("CAPABILITY " + list(session));
        return Completion.ok("CAPABILITY done");
    }

    /** Returns the capabilities of this moment; those about login are over once it is done. */
    static String list(ImapSession session) {
        boolean open = session.state() == SessionState.NOT_AUTHENTICATED;
        List<String> atoms = new ArrayList<>(List.of("IMAP4rev1"));
        for (ImapCapability capability : session.context().capabilities()) {
            if (!capability.isLoginMechanism() || (open && session.mayLogin())) {
                atoms.add(capability.atom());
            }
        }
        atoms.add("CHILDREN");
        if (open && session.mayStartTls()) {
            atoms.add("STARTTLS");
        }
        if (open && !session.mayLogin()) {
            atoms.add("LOGINDISABLED");
        }
        return String.join(" ", atoms);
    }
}
