package dev.steadymail.testkit.memory;

import dev.steadymail.mail.Capability;
import java.util.EnumSet;
import java.util.Set;

/**
 * How an in-memory account behaves.
 *
 * @param labels whether an email can be in several mailboxes, as with Gmail; otherwise ids change on a move or rename, as on IMAP
 * @param threads whether emails are grouped into threads
 */
public record InMemoryOptions(boolean labels, boolean threads) {
    /** Like a plain IMAP server. */
    public static final InMemoryOptions FOLDERS = new InMemoryOptions(false, false);

    /** Like Gmail. */
    public static final InMemoryOptions LABELS = new InMemoryOptions(true, true);

    /** Returns what the account declares. */
    public Set<Capability> capabilities() {
        Set<Capability> capabilities = EnumSet.of(
                Capability.CUSTOM_KEYWORDS,
                Capability.ATOMIC_MOVE,
                Capability.DESTROY,
                Capability.CHANGES_BY_CURSOR,
                Capability.MAILBOX_EDITING,
                Capability.IMPORT,
                Capability.SEND,
                Capability.DRAFTS,
                Capability.IDENTITIES,
                Capability.VACATION);
        if (labels) {
            capabilities.add(Capability.MULTIPLE_MAILBOXES);
        }
        if (threads) {
            capabilities.add(Capability.THREADS);
        }
        return capabilities;
    }
}
