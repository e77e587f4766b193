package dev.steadymail.testkit.imap;

/**
 * What stands after the items of FETCH (RFC 7162 sections 3.1.4.1 and 3.2.6).
 *
 * @param changedSince modification sequence that a message must exceed, or {@link #ANY}
 * @param vanished whether expunged UIDs are to be told too
 */
record FetchModifiers(long changedSince, boolean vanished) {

    /** Stands for no CHANGEDSINCE; every message exceeds it. */
    private static final long ANY = -1;

    boolean hasChangedSince() {
        return changedSince != ANY;
    }

    static FetchModifiers read(ImapSession session, CommandReader args, Numbering numbering) {
        if (!args.skip(' ')) {
            return new FetchModifiers(ANY, false);
        }
        long changedSince = ANY;
        boolean vanished = false;
        args.expect('(');
        do {
            if (args.skipKeyword("CHANGEDSINCE")) {
                session.enableCondstore();
                args.space();
                changedSince = args.number();
            } else if (session.offers(ImapCapability.QRESYNC) && args.skipKeyword("VANISHED")) {
                vanished = true;
            } else {
                throw new CommandSyntaxException("unknown modifier of FETCH");
            }
        } while (args.skip(' '));
        args.expect(')');
        FetchModifiers modifiers = new FetchModifiers(changedSince, vanished);
        modifiers.check(session, numbering);
        return modifiers;
    }

    /** All three are BAD by RFC 7162 section 3.2.6. */
    private void check(ImapSession session, Numbering numbering) {
        if (!vanished) {
            return;
        }
        if (numbering != Numbering.UID) {
            throw new CommandSyntaxException("VANISHED goes with UID FETCH only");
        }
        if (!hasChangedSince()) {
            throw new CommandSyntaxException("VANISHED needs CHANGEDSINCE beside it");
        }
        if (!session.tracking().tellsVanished()) {
            throw new CommandSyntaxException("VANISHED needs ENABLE QRESYNC first");
        }
    }
}
