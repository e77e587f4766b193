package dev.steadymail.imap.command;

import dev.steadymail.imap.codec.MessageRef;
import dev.steadymail.imap.codec.UidSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the server said when a mailbox was selected (RFC 3501 section 6.3.1, RFC 7162 sections 3.1.2 and 3.2.5). Immutable.
 *
 * @param name as the server spells it
 * @param readOnly whether nothing can be changed in it
 * @param exists how many messages are in it
 * @param uidValidity changes when the UIDs are void; 0 where the server did not say
 * @param uidNext the UID that the next message gets at least; 0 where the server did not say
 * @param highestModSeq the highest mod-sequence; 0 where the mailbox keeps none
 * @param mailboxId the mailbox's identity whatever its name (RFC 8474 section 4.2), or null
 * @param flags flags that are known in it, as the server spells them
 * @param permanentFlags flags that can be kept, {@code \*} where new ones can be, or null where the server did not say
 * @param vanished with QRESYNC: UIDs that are gone since, and perhaps others that never were there
 * @param unreadable messages whose changes came and could not be read, with UID 0 where even that could not
 */
public record SelectedMailbox(
        String name,
        boolean readOnly,
        long exists,
        long uidValidity,
        long uidNext,
        long highestModSeq,
        @Nullable String mailboxId,
        Spelling flags,
        @Nullable Spelling permanentFlags,
        UidSet vanished,
        List<MessageRef> unreadable) {

    /** Takes a copy. */
    public SelectedMailbox {
        unreadable = List.copyOf(unreadable);
    }

    /** Returns whether a flag can be kept; without PERMANENTFLAGS all can be (RFC 3501 section 7.1). */
    public boolean keeps(String flag) {
        return permanentFlags == null || permanentFlags.knows(flag) || (!flag.startsWith("\\") && keepsNew());
    }

    /** Returns whether keywords can be made up. */
    public boolean keepsNew() {
        return permanentFlags == null || permanentFlags.knows("\\*");
    }

    /** Returns a flag as the server spells it. */
    public String spelled(String flag) {
        return permanentFlags != null && permanentFlags.knows(flag) ? permanentFlags.of(flag) : flags.of(flag);
    }

    /** Names and flags are content. */
    @Override
    public String toString() {
        return "SelectedMailbox[" + exists + "]";
    }

    /** Flags as a server spells them; their case means nothing (RFC 3501 section 2.3.2). Immutable. */
    public static final class Spelling {
        private final Map<String, String> byFolded = new HashMap<>();

        Spelling(Iterable<String> flags) {
            flags.forEach(flag -> byFolded.put(folded(flag), flag));
        }

        /** Answers whether the flag is among them. */
        public boolean knows(String flag) {
            return byFolded.containsKey(folded(flag));
        }

        /** Returns a flag as it is spelled here, or as it is given where it is not among them. */
        public String of(String flag) {
            return byFolded.getOrDefault(folded(flag), flag);
        }

        /** Returns all of them. */
        public Set<String> all() {
            return new HashSet<>(byFolded.values());
        }

        private static String folded(String flag) {
            return flag.toLowerCase(Locale.ROOT);
        }
    }
}
