package dev.steadymail.query;

import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.Role;
import dev.steadymail.query.EmailQuery.TextField;
import dev.steadymail.query.EmailQuery.TextMatch;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of a query, for providers; all must hold. Null means "no such condition".
 *
 * @param role the role of the mailbox to look in; resolved to {@code mailbox} before a provider sees the query
 * @param mailbox the mailbox to look in
 * @param having keywords that must be there
 * @param without keywords that must not be there
 * @param texts texts that must occur
 * @param since earliest arrival, inclusive
 * @param before latest arrival, exclusive
 * @param raw a condition in the provider's own language
 */
public record EmailFilter(
        @Nullable Role role,
        @Nullable MailboxId mailbox,
        Set<Keyword> having,
        Set<Keyword> without,
        List<TextMatch> texts,
        @Nullable Instant since,
        @Nullable Instant before,
        @Nullable String raw) {
    static final EmailFilter EVERYTHING = new EmailFilter(null, null, Set.of(), Set.of(), List.of(), null, null, null);

    public EmailFilter {
        having = Set.copyOf(having);
        without = Set.copyOf(without);
        texts = List.copyOf(texts);
    }

    /** Returns this filter bound to one mailbox instead of a role. */
    public EmailFilter in(MailboxId mailbox) {
        return new EmailFilter(null, mailbox, having, without, texts, since, before, raw);
    }

    EmailFilter in(Role role) {
        return new EmailFilter(role, null, having, without, texts, since, before, raw);
    }

    EmailFilter having(Keyword keyword) {
        return new EmailFilter(role, mailbox, plus(having, keyword), without, texts, since, before, raw);
    }

    EmailFilter without(Keyword keyword) {
        return new EmailFilter(role, mailbox, having, plus(without, keyword), texts, since, before, raw);
    }

    EmailFilter matching(TextField field, String text) {
        List<TextMatch> more = Stream.concat(texts.stream(), Stream.of(new TextMatch(field, text)))
                .toList();
        return new EmailFilter(role, mailbox, having, without, more, since, before, raw);
    }

    EmailFilter since(Instant since) {
        return new EmailFilter(role, mailbox, having, without, texts, since, before, raw);
    }

    EmailFilter before(Instant before) {
        return new EmailFilter(role, mailbox, having, without, texts, since, before, raw);
    }

    EmailFilter raw(String raw) {
        return new EmailFilter(role, mailbox, having, without, texts, since, before, raw);
    }

    private static Set<Keyword> plus(Set<Keyword> keywords, Keyword keyword) {
        return Stream.concat(keywords.stream(), Stream.of(keyword)).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public String toString() {
        return "EmailFilter[hidden]";
    }
}
