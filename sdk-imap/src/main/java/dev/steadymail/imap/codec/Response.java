package dev.steadymail.imap.codec;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One response of a server (RFC 3501 section 7; RFC 9051 section 7). Immutable. Names of mailboxes, and what follows a status, are
 * content and stay out of {@code toString} of what holds them.
 */
public sealed interface Response {
    /** How a command ended, or what a server says of itself. */
    enum Status {
        OK,
        NO,
        BAD,
        BYE,
        PREAUTH
    }

    /** {@code + text}: go on with the literal, or the next step of a login. */
    record Continuation(String text) implements Response {
        @Override
        public String toString() {
            return "Continuation";
        }
    }

    /** A command has ended. */
    record Completed(String tag, Status status, StatusText said) implements Response {
        @Override
        public String toString() {
            return "Completed[" + status + ", " + said + "]";
        }
    }

    /** A status of its own: greeting, warning, farewell. */
    record Untagged(Status status, StatusText said) implements Response {}

    /** CAPABILITY: names in upper case, in the server's order. */
    record Capabilities(List<String> names) implements Response {}

    /** ENABLED (RFC 5161): names in upper case. */
    record Enabled(List<String> names) implements Response {}

    /** FLAGS of the selected mailbox. */
    record Flags(List<String> flags) implements Response {
        @Override
        public String toString() {
            return "Flags[" + flags.size() + "]";
        }
    }

    /** EXISTS: so many messages are in the selected mailbox. */
    record Exists(long count) implements Response {}

    /** RECENT. */
    record Recent(long count) implements Response {}

    /** EXPUNGE: one message is gone, and those after it have a lower sequence number now. */
    record Expunge(long sequence) implements Response {}

    /** VANISHED (RFC 7162 section 3.2.10): these UIDs are gone, {@code earlier} where they were before this session. */
    record Vanished(boolean earlier, UidSet uids) implements Response {}

    /**
     * SEARCH: numbers, UIDs or sequence numbers as was asked; {@code modSeq} is 0 where it states none (RFC 7162 section 3.1.5). Their
     * order means nothing (RFC 3501 section 7.2.5).
     */
    record Search(UidSet numbers, long modSeq) implements Response {}

    /**
     * ESEARCH (RFC 4731).
     *
     * @param tag of the command that it answers, or null where the server states none
     * @param uid whether the numbers are UIDs
     * @param all what matches; empty where nothing does or it was not asked
     * @param min the least, 0 where it is not stated
     * @param max the greatest, 0 where it is not stated
     * @param count how many match, -1 where it is not stated
     * @param modSeq 0 where it is not stated
     */
    record ExtendedSearch(@Nullable String tag, boolean uid, UidSet all, long min, long max, long count, long modSeq)
            implements Response {}

    /**
     * LIST, LSUB or XLIST.
     *
     * @param attributes as sent, the backslash included
     * @param delimiter null where the mailbox has no hierarchy
     * @param name as the server spells it, a character for each octet
     * @param extended items of LIST-EXTENDED (RFC 5258), OLDNAME for example, by upper-case name
     */
    record Listed(List<String> attributes, @Nullable String delimiter, String name, Map<String, String> extended)
            implements Response {
        @Override
        public String toString() {
            return "Listed";
        }
    }

    /**
     * STATUS: values by upper-case item, {@code MESSAGES} or {@code MAILBOXID} for example; the mailbox's name has a character for each
     * octet.
     */
    record MailboxStatus(String name, Map<String, String> items) implements Response {
        @Override
        public String toString() {
            return "MailboxStatus[" + items.size() + "]";
        }
    }

    /** FETCH. */
    record Fetch(FetchData data) implements Response {}

    /** NAMESPACE (RFC 2342): prefixes with their delimiter, empty where there is none. */
    record Namespaces(List<Prefix> personal, List<Prefix> other, List<Prefix> shared) implements Response {
        /** A prefix of names. */
        public record Prefix(String prefix, @Nullable String delimiter) {}

        @Override
        public String toString() {
            return "Namespaces[" + personal.size() + ", " + other.size() + ", " + shared.size() + "]";
        }
    }

    /** ID (RFC 2971): fields by lower-case name. */
    record Identity(Map<String, String> fields) implements Response {
        @Override
        public String toString() {
            return "Identity[" + fields.size() + "]";
        }
    }

    /** QUOTA (RFC 9208): usage and limit by upper-case resource, in the resource's unit. */
    record Quota(String root, Map<String, Usage> resources) implements Response {
        /** How much is used of how much. */
        public record Usage(long used, long limit) {}

        @Override
        public String toString() {
            return "Quota[" + resources.size() + "]";
        }
    }

    /** QUOTAROOT: which roots limit a mailbox, whose name has a character for each octet. */
    record QuotaRoots(String mailbox, List<String> roots) implements Response {
        @Override
        public String toString() {
            return "QuotaRoots[" + roots.size() + "]";
        }
    }

    /** A response that this codec has no type for. */
    record Other(String keyword) implements Response {
        @Override
        public String toString() {
            return "Other";
        }
    }

    /**
     * A response that was skipped, whole: malformed or too long. Nothing of it may be taken for granted; what it was about is to be
     * asked for again, with less.
     *
     * @param keyword its kind in upper case, FETCH for example; empty where no standard names it
     * @param message the message it was about, with what is known of it, or null
     * @param reason what is wrong with it, without any of its octets
     * @param outline its octets with letters and digits made alike, at most 200 of them: enough to see the grammar, not the content
     */
    record Unreadable(String keyword, @Nullable MessageRef message, String reason, String outline)
            implements Response {}
}
