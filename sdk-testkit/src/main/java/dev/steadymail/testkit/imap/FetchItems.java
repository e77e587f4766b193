package dev.steadymail.testkit.imap;

import java.util.ArrayList;
import java.util.List;

/** Reads what a FETCH asks for: items and macros (RFC 3501 section 6.4.5). */
final class FetchItems {

    private static final int MAX_ITEMS = 1_000;

    private final ImapSession session;
    private final CommandReader args;
    private final List<FetchItem> items = new ArrayList<>();

    private FetchItems(ImapSession session, CommandReader args) {
        this.session = session;
        this.args = args;
    }

    static List<FetchItem> read(ImapSession session, CommandReader args) {
        FetchItems reader = new FetchItems(session, args);
        if (args.skip('(')) {
            do {
                reader.item(args.itemName());
            } while (args.skip(' ') && reader.items.size() < MAX_ITEMS);
            args.expect(')');
        } else {
            reader.itemOrMacro(args.itemName());
        }
        return reader.items;
    }

    private void itemOrMacro(String name) {
        List<FetchItem> fast = List.of(FetchItem.FLAGS, FetchItem.INTERNALDATE, FetchItem.SIZE);
        switch (name) {
            case "FAST" -> items.addAll(fast);
            case "ALL" -> {
                items.addAll(fast);
                items.add(FetchItem.ENVELOPE);
            }
            case "FULL" -> {
                items.addAll(fast);
                items.addAll(List.of(FetchItem.ENVELOPE, FetchItem.BODY));
            }
            default -> item(name);
        }
    }

    private void item(String name) {
        items.add(
                switch (name) {
                    case "UID" -> FetchItem.UID;
                    case "FLAGS" -> FetchItem.FLAGS;
                    case "INTERNALDATE" -> FetchItem.INTERNALDATE;
                    case "ENVELOPE" -> FetchItem.ENVELOPE;
                    case "BODYSTRUCTURE" -> FetchItem.BODYSTRUCTURE;
                    case "MODSEQ" -> modSeq();
                    case "EMAILID" -> objectId(FetchItem.EMAILID);
                    case "THREADID" -> objectId(FetchItem.THREADID);
                    case "X-GM-MSGID" -> gmail(FetchItem.GMAIL_MESSAGE);
                    case "X-GM-THRID" -> gmail(FetchItem.GMAIL_THREAD);
                    case "X-GM-LABELS" -> gmail(FetchItem.GMAIL_LABELS);
                    case "RFC822.SIZE" -> FetchItem.SIZE;
                    case "RFC822" -> FetchItem.section(name, "", true);
                    case "RFC822.HEADER" -> FetchItem.section(name, "HEADER", false);
                    case "RFC822.TEXT" -> FetchItem.section(name, "TEXT", true);
                    case "BODY" -> args.peek() == '[' ? section(true) : FetchItem.BODY;
                    case "BODY.PEEK" -> section(false);
                    default -> throw new CommandSyntaxException("unknown FETCH item");
                });
    }

    private FetchItem modSeq() {
        session.enableCondstore();
        return FetchItem.MODSEQ;
    }

    private FetchItem objectId(FetchItem item) {
        session.require(ImapCapability.OBJECTID);
        return item;
    }

    private FetchItem gmail(FetchItem item) {
        session.require(ImapCapability.X_GM_EXT_1);
        return item;
    }

    private FetchItem section(boolean marksSeen) {
        args.expect('[');
        BodySection section = BodySection.read(args);
        args.expect(']');
        return FetchItem.section(section, partial(), marksSeen);
    }

    private FetchItem.Partial partial() {
        if (!args.skip('<')) {
            return FetchItem.Partial.ALL;
        }
        long start = args.number();
        args.expect('.');
        long count = args.number();
        args.expect('>');
        if (count == 0) {
            throw new CommandSyntaxException("the count of a partial FETCH is at least 1");
        }
        return new FetchItem.Partial(start, count);
    }
}
