package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.Response;
import org.jspecify.annotations.Nullable;

/**
 * Counters of a mailbox (RFC 3501 section 7.2.4), as far as they were asked for and told.
 *
 * @param uidValidity changes when the UIDs are void; 0 where not told
 * @param uidNext the next UID at least; 0 where not told
 * @param messages how many messages there are; -1 where not told
 * @param unseen how many of them are without {@code \Seen}; -1 where not told
 * @param highestModSeq the highest mod-sequence (RFC 7162); 0 where none is kept
 * @param size octets of all messages together (RFC 8438); -1 where not told
 * @param mailboxId the mailbox's identity whatever its name (RFC 8474), or null
 */
public record MailboxCounters(
        long uidValidity,
        long uidNext,
        long messages,
        long unseen,
        long highestModSeq,
        long size,
        @Nullable String mailboxId) {
    private static final int MOST_DIGITS = 18;

    /** Returns what a response tells of a mailbox. */
    public static MailboxCounters of(Response.MailboxStatus status) {
        String id = status.items().get("MAILBOXID");
        return new MailboxCounters(
                number(status, StatusItem.UIDVALIDITY, 0),
                number(status, StatusItem.UIDNEXT, 0),
                number(status, StatusItem.MESSAGES, -1),
                number(status, StatusItem.UNSEEN, -1),
                number(status, StatusItem.HIGHESTMODSEQ, 0),
                number(status, StatusItem.SIZE, -1),
                id == null || id.isEmpty() ? null : id);
    }

    private static long number(Response.MailboxStatus status, StatusItem item, long absent) {
        return number(status.items().getOrDefault(item.name(), ""), absent);
    }

    /** Reads a number that is not negative; what is none was not told. */
    static long number(String text, long absent) {
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits && text.length() <= MOST_DIGITS ? Long.parseLong(text) : absent;
    }
}
