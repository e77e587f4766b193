package dev.steadymail.query;

import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Which emails to list, in which order, how many, and how much of each. Immutable and thread-safe; every method returns a
 * changed copy. Conditions are joined by "and".
 *
 * <pre>{@code
 * EmailQuery.in(Role.INBOX).unseen().newestFirst().limit(20)
 * }</pre>
 */
public final class EmailQuery {
    /** The most emails one page may hold. */
    public static final int MAX_PAGE_SIZE = 500;

    private EmailFilter filter = EmailFilter.EVERYTHING;
    private boolean newestFirst = true;
    private long limit = Long.MAX_VALUE;
    private int pageSize = 50;
    private FetchLevel level = FetchLevel.METADATA;

    private EmailQuery() {}

    /** Asks for emails of every mailbox, spam and trash included. */
    public static EmailQuery everywhere() {
        return new EmailQuery();
    }

    /** Asks for emails of the mailbox with a role; the call fails with NOT_FOUND where the account has none. */
    public static EmailQuery in(Role role) {
        return new EmailQuery().with(query -> query.filter = query.filter.in(role));
    }

    /** Asks for emails of one mailbox. */
    public static EmailQuery in(MailboxId mailbox) {
        return new EmailQuery().with(query -> query.filter = query.filter.in(mailbox));
    }

    public EmailQuery unseen() {
        return without(Keyword.SEEN);
    }

    public EmailQuery seen() {
        return having(Keyword.SEEN);
    }

    public EmailQuery flagged() {
        return having(Keyword.FLAGGED);
    }

    /** Asks for emails that bear a keyword. */
    public EmailQuery having(Keyword keyword) {
        return with(query -> query.filter = query.filter.having(keyword));
    }

    /** Asks for emails that do not bear a keyword. */
    public EmailQuery without(Keyword keyword) {
        return with(query -> query.filter = query.filter.without(keyword));
    }

    /** Asks for emails whose field holds a text; matching is the provider's, ignoring case. */
    public EmailQuery matching(TextField field, String text) {
        return with(query -> query.filter = query.filter.matching(field, text));
    }

    public EmailQuery from(String text) {
        return matching(TextField.FROM, text);
    }

    public EmailQuery subject(String text) {
        return matching(TextField.SUBJECT, text);
    }

    /** Asks for emails with a text anywhere in header or body. */
    public EmailQuery text(String text) {
        return matching(TextField.ANYWHERE, text);
    }

    /** Asks for emails that arrived at or after an instant; IMAP servers compare whole days only (RFC 3501 section 6.4.4). */
    public EmailQuery receivedSince(Instant since) {
        return with(query -> query.filter = query.filter.since(since));
    }

    /** Asks for emails that arrived before an instant; IMAP servers compare whole days only. */
    public EmailQuery receivedBefore(Instant before) {
        return with(query -> query.filter = query.filter.before(before));
    }

    /** Adds a condition in the provider's own language (Gmail's {@code q}); needs capability RAW_QUERY. */
    public EmailQuery raw(String expression) {
        return with(query -> query.filter = query.filter.raw(expression));
    }

    /** Orders by arrival, newest first, which is the default. */
    public EmailQuery newestFirst() {
        return with(query -> query.newestFirst = true);
    }

    /** Orders by arrival, oldest first; Gmail cannot and fails with UNSUPPORTED. */
    public EmailQuery oldestFirst() {
        return with(query -> query.newestFirst = false);
    }

    /** Stops after {@code limit} emails; at least 1. */
    public EmailQuery limit(long limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, was " + limit);
        }
        return with(query -> query.limit = limit);
    }

    /** Asks for pages of {@code pageSize} emails, 1 to {@value #MAX_PAGE_SIZE}; 50 by default. */
    public EmailQuery pageSize(int pageSize) {
        if (pageSize < 1 || pageSize > MAX_PAGE_SIZE) {
            throw new IllegalArgumentException("pageSize must be between 1 and " + MAX_PAGE_SIZE + ", was " + pageSize);
        }
        return with(query -> query.pageSize = pageSize);
    }

    /** Chooses how much of each email comes; {@link FetchLevel#METADATA} by default. */
    public EmailQuery fetch(FetchLevel level) {
        return with(query -> query.level = level);
    }

    public EmailFilter filter() {
        return filter;
    }

    public boolean isNewestFirst() {
        return newestFirst;
    }

    public long limit() {
        return limit;
    }

    /** Returns the size of a page, never more than the limit. */
    public int pageSize() {
        return (int) Math.min(pageSize, limit);
    }

    public FetchLevel level() {
        return level;
    }

    /** Returns this query bound to one mailbox instead of a role. */
    public EmailQuery resolvedTo(MailboxId mailbox) {
        return with(query -> query.filter = query.filter.in(mailbox));
    }

    private EmailQuery with(Consumer<EmailQuery> change) {
        EmailQuery copy = new EmailQuery();
        copy.filter = filter;
        copy.newestFirst = newestFirst;
        copy.limit = limit;
        copy.pageSize = pageSize;
        copy.level = level;
        change.accept(copy);
        return copy;
    }

    /** Fields that can be searched for a text. */
    public enum TextField {
        FROM,
        TO,
        CC,
        BCC,
        SUBJECT,
        BODY,
        /** Header or body. */
        ANYWHERE,
        /** The Message-ID, matched whole. */
        MESSAGE_ID
    }

    /**
     * A condition on a text field.
     *
     * @param field where to look
     * @param text what to look for, 1 to 1,000 characters without CR, LF or NUL
     */
    public record TextMatch(TextField field, String text) {
        private static final int MAX_LENGTH = 1_000;

        public TextMatch {
            if (text.isEmpty() || text.length() > MAX_LENGTH) {
                throw new IllegalArgumentException(
                        "a search text must have 1 to " + MAX_LENGTH + " characters, had " + text.length());
            }
            if (text.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
                throw new IllegalArgumentException("a search text must not hold CR, LF or NUL");
            }
        }

        @Override
        public String toString() {
            return "TextMatch[" + field + "]";
        }
    }

    @Override
    public String toString() {
        return "EmailQuery[hidden]";
    }
}
