package dev.steadymail.gmail;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.query.EmailFilter;
import dev.steadymail.query.EmailQuery;
import dev.steadymail.query.EmailQuery.TextMatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns a query into what {@code messages.list} takes: labels where a label says it, search operators otherwise. Gmail's
 * operators are coarser than our conditions in places, so some are checked again on what comes back.
 */
final class QueryCompiler {
    /** Words that need no quotes, as they can be neither an operator nor a negation. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}@._+]*");

    private static final Pattern OPERATOR = Pattern.compile("AND|OR|AROUND|NOT");
    /** An email in none of these may be in "All Mail"; which labels it bears besides is looked at afterwards. */
    private static final String UNFILED = "-in:inbox -in:sent -in:drafts";

    /** What may be in "All Mail"; to be looked at afterwards as well. */
    static final Listing UNFILED_ONLY = new Listing(List.of(), UNFILED, false);

    private final List<String> labelIds = new ArrayList<>();
    private final List<String> terms = new ArrayList<>();

    private QueryCompiler() {}

    /** @throws MailException UNSUPPORTED for what Gmail cannot do; NOT_FOUND for a label that is no mailbox */
    static Listing compile(EmailQuery query) {
        if (!query.isNewestFirst()) {
            throw MailException.of(Kind.UNSUPPORTED, "Gmail lists newest first only; ask for newestFirst()");
        }
        return new QueryCompiler().listing(query.filter());
    }

    /** Returns what must also hold for each email that comes back. */
    static Predicate<Email> check(EmailFilter filter) {
        Instant since = filter.since();
        Instant before = filter.before();
        return email -> (since == null || !email.receivedAt().isBefore(since))
                && (before == null || email.receivedAt().isBefore(before))
                && (!Labels.ALL_MAIL.equals(filter.mailbox())
                        || email.mailboxIds().contains(Labels.ALL_MAIL));
    }

    /** Returns whether {@link #check} lets everything pass that Gmail lists. */
    static boolean isExact(EmailFilter filter) {
        return filter.since() == null && filter.before() == null && !Labels.ALL_MAIL.equals(filter.mailbox());
    }

    private Listing listing(EmailFilter filter) {
        boolean everywhere = mailbox(filter.mailbox());
        filter.having().forEach(this::having);
        filter.without().forEach(this::without);
        filter.texts().forEach(this::text);
        times(filter);
        String raw = filter.raw();
        if (raw != null && !raw.isBlank()) {
            terms.add(terms.isEmpty() ? raw.strip() : "(" + raw.strip() + ")");
        }
        return new Listing(labelIds, String.join(" ", terms), everywhere);
    }

    private boolean mailbox(@Nullable MailboxId mailbox) {
        if (mailbox == null) {
            return true;
        }
        if (mailbox.equals(Labels.ALL_MAIL)) {
            terms.add(UNFILED);
            return false;
        }
        if (!Labels.isMailbox(mailbox.value())) {
            throw MailException.of(
                    Kind.NOT_FOUND, "UNREAD and STARRED are keywords, not mailboxes; use unseen() or flagged()");
        }
        labelIds.add(mailbox.value());
        // An email of any label may be in spam or trash as well, and is in this mailbox all the same.
        return true;
    }

    private void having(Keyword keyword) {
        if (keyword.equals(Keyword.SEEN)) {
            terms.add("is:read");
        } else if (keyword.equals(Keyword.FLAGGED)) {
            labelIds.add(Labels.STARRED);
        } else if (keyword.equals(Keyword.DRAFT)) {
            labelIds.add(Labels.DRAFT);
        } else {
            throw noSuchKeyword();
        }
    }

    private void without(Keyword keyword) {
        if (keyword.equals(Keyword.SEEN)) {
            labelIds.add(Labels.UNREAD);
        } else if (keyword.equals(Keyword.FLAGGED)) {
            terms.add("-is:starred");
        } else if (keyword.equals(Keyword.DRAFT)) {
            terms.add("-in:drafts");
        } else {
            throw noSuchKeyword();
        }
    }

    private static MailException noSuchKeyword() {
        return MailException.of(Kind.UNSUPPORTED, "Gmail keeps no keywords but $seen, $flagged and $draft");
    }

    private void text(TextMatch match) {
        String quoted = quoted(match.text());
        terms.add(
                switch (match.field()) {
                    case FROM -> "from:" + quoted;
                    case TO -> "to:" + quoted;
                    case CC -> "cc:" + quoted;
                    case BCC -> "bcc:" + quoted;
                    case SUBJECT -> "subject:" + quoted;
                    case ANYWHERE -> quoted;
                    case MESSAGE_ID -> "rfc822msgid:" + messageId(match.text());
                    case BODY ->
                        throw MailException.of(
                                Kind.UNSUPPORTED,
                                "Gmail cannot search bodies alone; use text(...) to search everything");
                });
    }

    /** Quotes cannot be escaped in Gmail's language, and matching is by words, so they are left out. */
    private static String quoted(String text) {
        if (PLAIN.matcher(text).matches() && !OPERATOR.matcher(text).matches()) {
            return text;
        }
        return '"' + text.replace('"', ' ').strip() + '"';
    }

    private static String messageId(String text) {
        String id = text.strip().replaceAll("^<|>$", "");
        if (id.isEmpty() || id.chars().anyMatch(c -> c <= ' ' || c == '"' || c == '(' || c == ')' || c == '{')) {
            throw MailException.of(Kind.INVALID, "a Message-ID to search for must hold neither spaces nor quotes");
        }
        return id;
    }

    /** Whole seconds, one wider than asked for on each side; {@link #check} does the rest. */
    private void times(EmailFilter filter) {
        if (filter.since() != null) {
            terms.add("after:" + Math.max(0, filter.since().getEpochSecond() - 1));
        }
        if (filter.before() != null) {
            terms.add("before:" + Math.max(0, filter.before().getEpochSecond() + 1));
        }
    }
}
