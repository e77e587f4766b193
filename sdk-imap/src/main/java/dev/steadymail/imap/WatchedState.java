package dev.steadymail.imap;

import dev.steadymail.imap.command.MailboxCounters;
import dev.steadymail.imap.command.SelectedMailbox;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a watch saw last of each mailbox. Where a mailbox keeps no mod-sequences, a flag that changed does not show; the listener's own
 * interval is for that. Used by one thread at a time.
 */
final class WatchedState {
    private final Map<String, Seen> seen = new HashMap<>(2);
    private final Set<String> changed = new HashSet<>(2);
    private boolean everything = true;

    /** Forgets all: nobody knows what happened meanwhile. */
    void forget() {
        seen.clear();
        everything = true;
    }

    void see(SelectedMailbox now) {
        see(now.name(), new Seen(now.uidValidity(), now.uidNext(), now.exists(), now.highestModSeq()));
    }

    void see(String mailbox, MailboxCounters now) {
        see(mailbox, new Seen(now.uidValidity(), now.uidNext(), now.messages(), now.highestModSeq()));
    }

    private void see(String mailbox, Seen now) {
        Seen before = seen.put(mailbox, now);
        if (before == null) {
            return;
        }
        seen.put(mailbox, now.orAsIn(before));
        if (!before.isSameAs(now)) {
            changed.add(mailbox);
        }
    }

    /** Notes what the server told by itself. */
    void told(Set<String> mailboxes) {
        changed.addAll(mailboxes);
    }

    boolean hasNews() {
        return everything || !changed.isEmpty();
    }

    /** Returns where something changed since the last call; empty where it may be anywhere. */
    Set<String> takeNews() {
        Set<String> taken = everything ? Set.of() : Set.copyOf(changed);
        everything = false;
        changed.clear();
        return taken;
    }

    /** Numbers that are 0, and a negative count, were not told. */
    private record Seen(long uidValidity, long uidNext, long messages, long modSeq) {
        boolean isSameAs(Seen other) {
            return same(uidValidity, other.uidValidity)
                    && same(uidNext, other.uidNext)
                    && (messages == other.messages || messages < 0 || other.messages < 0)
                    && same(modSeq, other.modSeq);
        }

        /** What was not told stands as it was, so that the next look has all to compare with. */
        Seen orAsIn(Seen before) {
            return new Seen(
                    uidValidity == 0 ? before.uidValidity : uidValidity,
                    uidNext == 0 ? before.uidNext : uidNext,
                    messages < 0 ? before.messages : messages,
                    modSeq == 0 ? before.modSeq : modSeq);
        }

        private static boolean same(long one, long other) {
            return one == other || one == 0 || other == 0;
        }
    }
}
