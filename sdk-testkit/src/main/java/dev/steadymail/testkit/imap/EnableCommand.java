package dev.steadymail.testkit.imap;

/** ENABLE, RFC 5161; of what can be enabled, the server knows CONDSTORE. */
final class EnableCommand implements Command {

    @Override
    public Completion run(ImapSession session, CommandReader args) {
        StringBuilder enabled = new StringBuilder("ENABLED");
        do {
            args.space();
            if (args.keyword().equals("CONDSTORE") && session.offers(ImapCapability.CONDSTORE)) {
                session.enableCondstore();
                enabled.append(" CONDSTORE");
            }
        } while (!args.atEnd());
        session.writer().untagged(enabled.toString());
        return Completion.ok("ENABLE done");
    }
}
