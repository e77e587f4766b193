package dev.steadymail.imap;

import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.PageToken;

/**
 * Where the next page of a query starts: a mailbox, and the UID after which to go on; 0 at its beginning.
 *
 * @param fingerprint of the query's conditions
 */
record QueryToken(long fingerprint, boolean newestFirst, long uidValidity, long afterUid, String mailbox) {
    PageToken encode() {
        return new PageToken("q1." + Long.toHexString(fingerprint) + "." + (newestFirst ? "n" : "o") + "." + uidValidity
                + "." + afterUid + "." + mailbox);
    }

    /** Parses a token of the same query. */
    static QueryToken parse(PageToken token, long fingerprint, boolean newestFirst) {
        String[] parts = token.value().split("\\.", 6);
        if (parts.length < 6
                || !parts[0].equals("q1")
                || !parts[1].equals(Long.toHexString(fingerprint))
                || !parts[2].equals(newestFirst ? "n" : "o")) {
            throw foreign();
        }
        try {
            return new QueryToken(
                    fingerprint, newestFirst, Long.parseLong(parts[3]), Long.parseLong(parts[4]), parts[5]);
        } catch (NumberFormatException malformed) {
            throw foreign();
        }
    }

    static MailException foreign() {
        return MailException.of(
                Kind.INVALID,
                "the page token is of another query, or its mailbox was renumbered; start the query again");
    }
}
