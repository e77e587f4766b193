package dev.steadymail.imap.command;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** A counter of a mailbox, as STATUS and LIST-STATUS tell it (RFC 3501 section 6.3.10). */
public enum StatusItem {
    MESSAGES,
    UIDNEXT,
    UIDVALIDITY,
    UNSEEN,
    /** With CONDSTORE (RFC 7162 section 3.1.7). */
    HIGHESTMODSEQ,
    /** With STATUS=SIZE (RFC 8438). */
    SIZE,
    /** With OBJECTID (RFC 8474 section 4.3). */
    MAILBOXID;

    /**
     * Returns what tells whether a mailbox has changed, as far as a server with these capabilities knows it. MAILBOXID is not among them:
     * Cyrus 3.6.1 answers it in STATUS with octets that are no id, and differ each time.
     */
    public static Set<StatusItem> ofChange(Set<String> capabilities) {
        Set<StatusItem> items = EnumSet.of(MESSAGES, UIDNEXT, UIDVALIDITY);
        if (capabilities.contains("CONDSTORE") || capabilities.contains("QRESYNC")) {
            items.add(HIGHESTMODSEQ);
        }
        return items;
    }

    /** Returns items as they go on the wire. */
    static String list(Collection<StatusItem> items) {
        if (items.isEmpty()) {
            throw new IllegalArgumentException("at least one item must be asked for");
        }
        return items.stream().sorted().map(Enum::name).collect(Collectors.joining(" ", "(", ")"));
    }
}
