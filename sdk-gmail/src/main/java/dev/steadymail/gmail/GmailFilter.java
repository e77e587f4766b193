package dev.steadymail.gmail;

import dev.steadymail.mail.MailboxId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rule that Gmail applies to mail as it arrives. What it looks for is personal, so {@link #toString} hides it.
 *
 * @param id Gmail's id; null for one that is to be created
 * @param match what mail it is for
 * @param add labels to put on, {@code STARRED} for example
 * @param remove labels to take off, {@code INBOX} to archive and {@code UNREAD} to mark as read
 * @param forward a confirmed address to forward to, or null
 */
public record GmailFilter(
        @Nullable String id,
        Match match,
        Set<MailboxId> add,
        Set<MailboxId> remove,
        @Nullable String forward) {
    public GmailFilter {
        add = Set.copyOf(add);
        remove = Set.copyOf(remove);
    }

    /**
     * What mail a filter is for: all that is not null must be met.
     *
     * @param from sender's name or address
     * @param to recipient's name or address
     * @param subject words of the subject
     * @param query in Gmail's search language
     * @param negatedQuery in Gmail's search language, must not be met
     * @param hasAttachment whether it must have an attachment; null where that does not matter
     */
    public record Match(
            @Nullable String from,
            @Nullable String to,
            @Nullable String subject,
            @Nullable String query,
            @Nullable String negatedQuery,
            @Nullable Boolean hasAttachment) {
        /** Returns what meets a search in Gmail's language. */
        public static Match query(String query) {
            return new Match(null, null, null, query, null, null);
        }

        @Override
        public String toString() {
            return "Match[hidden]";
        }
    }

    /** Returns a filter, to be created, that puts a label on. */
    public static GmailFilter labelling(Match match, MailboxId label) {
        return new GmailFilter(null, match, Set.of(label), Set.of(), null);
    }

    @Override
    public String toString() {
        return "GmailFilter[hidden]";
    }
}
