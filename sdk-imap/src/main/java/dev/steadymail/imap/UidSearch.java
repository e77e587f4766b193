package dev.steadymail.imap;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;

/** One UID SEARCH, answered by ranges where the server can (ESEARCH, RFC 4731), else by single numbers. */
final class UidSearch {
    private final List<Long> single = new ArrayList<>();
    private UidSet ranges = UidSet.EMPTY;

    private UidSearch() {}

    static boolean isExtended(ImapConnection connection) {
        return connection.can("ESEARCH");
    }

    /** Returns all UIDs of the mailbox that is open. */
    static UidSet all(ImapConnection connection) {
        String keys = isExtended(connection) ? "RETURN (ALL) ALL" : "ALL";
        return run(connection, Arguments.atoms(keys));
    }

    static UidSet run(ImapConnection connection, Argument arguments) {
        UidSearch search = new UidSearch();
        connection.command("UID SEARCH", arguments, search::observe);
        return search.ranges.isEmpty() ? UidSet.of(search.single) : search.ranges;
    }

    private void observe(IMAPResponse response) {
        if (response.keyEquals("ESEARCH")) {
            String rest = response.getRest();
            int all = rest.toUpperCase(Locale.ROOT).indexOf(" ALL ");
            if (all >= 0) {
                String set = rest.substring(all + 5).strip();
                int end = set.indexOf(' ');
                ranges = UidSet.parse(end < 0 ? set : set.substring(0, end));
            }
        } else if (response.keyEquals("SEARCH")) {
            numbers(response.getRest());
        }
    }

    /** Numbers up to what is none, such as the {@code (MODSEQ n)} of RFC 7162. */
    private void numbers(String rest) {
        for (String word : rest.strip().split(" +")) {
            if (word.isEmpty() || !word.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return;
            }
            single.add(Long.parseLong(word));
        }
    }
}
