package dev.steadymail.testkit.imap;

import org.jspecify.annotations.Nullable;

/**
 * The parameters of SELECT and EXAMINE (RFC 7162 sections 3.1.8 and 3.2.5).
 *
 * @param condstore whether the client wants modification sequences from now on
 * @param known what the client remembers of the mailbox, or null
 */
record SelectParameters(boolean condstore, @Nullable Known known) {

    /**
     * @param uids the UIDs to tell of; all if the client gave none
     */
    record Known(long uidValidity, long modSeq, NumberSet uids, SequenceMatch match) {}

    static SelectParameters read(ImapSession session, CommandReader args) {
        boolean condstore = false;
        Known known = null;
        if (args.skip(' ')) {
            args.expect('(');
            do {
                if (args.skipKeyword("CONDSTORE")) {
                    condstore = true;
                } else if (session.offers(ImapCapability.QRESYNC) && args.skipKeyword("QRESYNC")) {
                    known = readKnown(session, args);
                } else {
                    throw new CommandSyntaxException("no such parameter of SELECT");
                }
            } while (args.skip(' '));
            args.expect(')');
        }
        return new SelectParameters(condstore, known);
    }

    private static Known readKnown(ImapSession session, CommandReader args) {
        // RFC 7162 section 3.2.5.
        if (!session.tracking().tellsVanished()) {
            throw new CommandSyntaxException("QRESYNC needs ENABLE QRESYNC first");
        }
        args.space();
        args.expect('(');
        long uidValidity = args.positiveNumber();
        args.space();
        long modSeq = args.positiveNumber();
        boolean more = args.skip(' ');
        NumberSet uids = NumberSet.ALL;
        if (more && args.peek() != '(') {
            uids = args.closedNumberSet();
            more = args.skip(' ');
        }
        SequenceMatch match = more ? SequenceMatch.read(args) : SequenceMatch.NONE;
        args.expect(')');
        return new Known(uidValidity, modSeq, uids, match);
    }
}
