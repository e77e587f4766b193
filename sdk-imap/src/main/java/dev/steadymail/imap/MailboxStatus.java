package dev.steadymail.imap;

import java.util.Locale;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.jspecify.annotations.Nullable;

/**
 * Counters of a mailbox (RFC 3501 section 7.2.4).
 *
 * @param uidValidity changes when the UIDs are void; 0 where not told
 * @param uidNext the next UID at least; 0 where not told
 * @param messages how many messages there are
 * @param highestModSeq the highest mod-sequence (RFC 7162); 0 where none is kept
 */
record MailboxStatus(long uidValidity, long uidNext, long messages, long highestModSeq) {
    /** Returns the items to ask for. */
    static String items(ImapConnection connection) {
        return "(MESSAGES UIDNEXT UIDVALIDITY" + (connection.can("CONDSTORE") ? " HIGHESTMODSEQ)" : ")");
    }

    /** Reads what follows the mailbox name, or returns null where that is no list. */
    static @Nullable MailboxStatus read(IMAPResponse response) {
        if (!response.isNextNonSpace('(')) {
            return null;
        }
        long[] values = new long[4];
        while (!response.isNextNonSpace(')')) {
            String item = response.readAtom();
            if (item == null || item.isEmpty()) {
                return null;
            }
            put(values, item.toUpperCase(Locale.ROOT), response.readLong());
        }
        return new MailboxStatus(values[0], values[1], values[2], values[3]);
    }

    private static void put(long[] values, String item, long value) {
        switch (item) {
            case "UIDVALIDITY" -> values[0] = value;
            case "UIDNEXT" -> values[1] = value;
            case "MESSAGES" -> values[2] = value;
            case "HIGHESTMODSEQ" -> values[3] = value;
            default -> {
                // Not asked for.
            }
        }
    }
}
