package dev.steadymail.imap;

import dev.steadymail.imap.codec.UidSet;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/** One UID SEARCH, answered by ranges where the server can (ESEARCH, RFC 4731), else by single numbers. */
final class UidSearch {
    /** More than any mailbox holds; a server that claims more would have us allocate without end. */
    private static final int MOST = 10_000_000;

    private final List<Long> single = new ArrayList<>();
    private UidSet ranges = UidSet.EMPTY;
    private boolean answered;

    private UidSearch() {}

    static boolean isExtended(ImapConnection connection) {
        return connection.can("ESEARCH");
    }

    /** Returns all UIDs of the mailbox that is open. */
    static UidSet all(ImapConnection connection) {
        String keys = isExtended(connection) ? "RETURN (ALL) ALL" : "ALL";
        UidSearch search = answer(connection, Arguments.atoms(keys));
        if (!search.answered) {
            // To take this for an empty mailbox would drop every email of it.
            throw MailException.of(Kind.PROTOCOL, "the server completed UID SEARCH without an answer");
        }
        return search.found();
    }

    static UidSet run(ImapConnection connection, Argument arguments) {
        return answer(connection, arguments).found();
    }

    private static UidSearch answer(ImapConnection connection, Argument arguments) {
        UidSearch search = new UidSearch();
        connection.command("UID SEARCH", arguments, search::observe);
        return search;
    }

    private UidSet found() {
        UidSet found = ranges.isEmpty() ? UidSet.of(single) : ranges;
        if (found.size() > MOST) {
            throw tooMany();
        }
        return found;
    }

    private static MailException tooMany() {
        return MailException.of(Kind.TOO_LARGE, "the server lists more than " + MOST + " emails in one mailbox");
    }

    private void observe(IMAPResponse response) {
        if (response.keyEquals("ESEARCH")) {
            answered = true;
            String rest = response.getRest();
            int all = rest.toUpperCase(Locale.ROOT).indexOf(" ALL ");
            if (all >= 0) {
                String set = rest.substring(all + 5).strip();
                int end = set.indexOf(' ');
                ranges = UidSet.parse(end < 0 ? set : set.substring(0, end));
            }
        } else if (response.keyEquals("SEARCH")) {
            answered = true;
            numbers(response.getRest());
        }
    }

    /** Numbers up to what is none, such as the {@code (MODSEQ n)} of RFC 7162. */
    private void numbers(String rest) {
        for (String word : rest.strip().split(" +")) {
            if (word.isEmpty() || word.length() > 10 || !word.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return;
            }
            if (single.size() == MOST) {
                throw tooMany();
            }
            single.add(Long.parseLong(word));
        }
    }
}
