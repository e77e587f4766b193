package dev.steadymail.testkit.imap;

import java.util.List;

/** SEARCH and UID SEARCH (RFC 3501 section 6.4.4), with RETURN (RFC 4731) and MODSEQ (RFC 7162 section 3.1.5). */
final class SearchCommand implements Command {

    private final Numbering numbering;

    SearchCommand(Numbering numbering) {
        this.numbering = numbering;
    }

    @Override
    public Completion run(ImapSession session, CommandReader args) {
        args.space();
        SearchReturn wanted = SearchReturn.read(session, args);
        readCharset(args);
        SearchKeyReader keys = new SearchKeyReader(session, args);
        SearchKey key = keys.readAll();
        args.end();
        AccountStore store = session.store();
        ResponseLine answer = store.call(() -> {
            List<SelectedMailbox.Numbered> found = find(session, key);
            return wanted == null
                    ? plain(found, keys.usesModSeq())
                    : wanted.answer(session.tag(), numbering, found, keys.usesModSeq());
        });
        session.writer().send(answer);
        return Completion.ok("SEARCH done");
    }

    private static void readCharset(CommandReader args) {
        if (!args.skipKeyword("CHARSET")) {
            return;
        }
        args.space();
        String charset = args.astring();
        args.space();
        if (!charset.equalsIgnoreCase("UTF-8") && !charset.equalsIgnoreCase("US-ASCII")) {
            throw new CommandRefusedException("BADCHARSET (US-ASCII UTF-8)", "unknown charset");
        }
    }

    private static List<SelectedMailbox.Numbered> find(ImapSession session, SearchKey key) {
        return session.selected().existing().stream().filter(key::matches).toList();
    }

    /** MODSEQ is left out when nothing was found (RFC 7162 section 3.1.6). */
    private ResponseLine plain(List<SelectedMailbox.Numbered> found, boolean withModSeq) {
        StringBuilder text = new StringBuilder("SEARCH");
        found.forEach(each -> text.append(' ').append(each.number(numbering)));
        if (withModSeq && !found.isEmpty()) {
            text.append(" (MODSEQ ").append(SearchReturn.highestModSeq(found)).append(')');
        }
        return ResponseLine.untagged(text.toString());
    }
}
