package dev.steadymail.testkit.imap;

/** ENABLE, RFC 5161; of what can be enabled, the server knows CONDSTORE and QRESYNC. */
final class EnableCommand implements Command {

    @Override
    public Completion run(ImapSession session, CommandReader args) {
        StringBuilder enabled = new StringBuilder("ENABLED");
        do {
            args.space();
            String wanted = args.keyword();
            if (enable(session, wanted)) {
                enabled.append(' ').append(wanted);
            }
        } while (!args.atEnd());
        session.writer().untagged(enabled.toString());
        return Completion.ok("ENABLE done");
    }

    /** What the server does not know is passed over in silence (RFC 5161 section 3.1). */
    private static boolean enable(ImapSession session, String wanted) {
        boolean condstore = session.offers(ImapCapability.CONDSTORE);
        if (wanted.equals("CONDSTORE") && condstore) {
            session.enableCondstore();
            return true;
        }
        if (wanted.equals("QRESYNC") && condstore && session.offers(ImapCapability.QRESYNC)) {
            session.enableQresync();
            return true;
        }
        return false;
    }
}
