package dev.steadymail.testkit.imap;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;

/** STORE and UID STORE, RFC 3501 section 6.4.6, with UNCHANGEDSINCE of RFC 7162 section 3.1.3. */
final class StoreCommand implements Command {

    private final Numbering numbering;

    StoreCommand(Numbering numbering) {
        this.numbering = numbering;
    }

    @Override
    public Completion run(ImapSession session, CommandReader args) {
        args.space();
        NumberSet messages = args.numberSet();
        args.space();
        long unchangedSince = args.peek() == '(' ? unchangedSince(session, args) : Long.MAX_VALUE;
        Change change = Change.read(args);
        args.end();
        session.selected().requireWritable();
        List<Long> modified = new ArrayList<>();
        session.store().run(() -> modified.addAll(store(session, messages, change, unchangedSince)));
        if (!modified.isEmpty()) {
            return Completion.ok("MODIFIED " + NumberSet.compact(modified), "some messages were changed meanwhile");
        }
        return completion(session, messages);
    }

    /** Messages that are gone cannot be reported as such yet (RFC 2180 section 4.2). */
    private Completion completion(ImapSession session, NumberSet messages) {
        boolean missing = numbering == Numbering.SEQUENCE
                && session.store().call(() -> session.selected().hasUnreportedExpunge(messages));
        return missing
                ? Completion.no("EXPUNGEISSUED", "some of the messages no longer exist")
                : Completion.ok("STORE done");
    }

    private static long unchangedSince(ImapSession session, CommandReader args) {
        args.expect('(');
        if (!args.skipKeyword("UNCHANGEDSINCE")) {
            throw new CommandSyntaxException("the only modifier of STORE is UNCHANGEDSINCE");
        }
        session.enableCondstore();
        args.space();
        long modSeq = args.number();
        args.expect(')');
        args.space();
        return modSeq;
    }

    /** Returns the numbers of those messages that were left alone since they had changed. */
    private List<Long> store(ImapSession session, NumberSet messages, Change change, long unchangedSince) {
        SelectedMailbox selected = session.selected();
        List<Long> modified = new ArrayList<>();
        for (SelectedMailbox.Numbered target : selected.resolve(messages, numbering)) {
            if (target.message().modSeq() > unchangedSince) {
                modified.add(target.number(numbering));
            } else {
                selected.mailbox().changeFlags(target.message(), change.applyTo(target.message()));
                respond(session, target, change.silent());
            }
        }
        return modified;
    }

    private void respond(ImapSession session, SelectedMailbox.Numbered target, boolean silent) {
        boolean condstore = session.tracking().tellsModSeq();
        boolean withUid = numbering == Numbering.UID || condstore;
        if (!silent) {
            session.writer().send(SelectedMailbox.flags(target, withUid, condstore));
            return;
        }
        target.entry().markReported();
        if (condstore) {
            ServerMessage message = target.message();
            session.writer()
                    .untagged(
                            target.sequence() + " FETCH (UID " + message.uid() + " MODSEQ (" + message.modSeq() + "))");
        }
    }

    /** The change of flags that a STORE asks for. */
    private record Change(char sign, boolean silent, Collection<String> flags) {

        static Change read(CommandReader args) {
            char sign = args.skip('+') ? '+' : args.skip('-') ? '-' : '=';
            String item = args.keyword();
            if (!item.equals("FLAGS") && !item.equals("FLAGS.SILENT")) {
                throw new CommandSyntaxException("STORE changes FLAGS, with + or - before and .SILENT after");
            }
            args.space();
            return new Change(sign, item.endsWith(".SILENT"), flags(args));
        }

        private static List<String> flags(CommandReader args) {
            if (args.peek() == '(') {
                return args.flagList();
            }
            List<String> flags = new ArrayList<>();
            do {
                flags.add(args.flag());
            } while (args.skip(' '));
            return flags;
        }

        NavigableSet<String> applyTo(ServerMessage message) {
            NavigableSet<String> result = FlagNames.set(sign == '=' ? flags : message.flags());
            if (sign == '+') {
                result.addAll(flags);
            } else if (sign == '-') {
                flags.forEach(result::remove);
            }
            return result;
        }
    }
}
