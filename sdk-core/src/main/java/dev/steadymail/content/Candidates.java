package dev.steadymail.content;

import dev.steadymail.mail.Capability;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.EmailPage;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.PageToken;
import dev.steadymail.query.EmailQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the emails that a policy names, newest first: all page by page, in the order of the provider's answers; recent ones after every
 * mailbox was looked at, as the newest of one mailbox may be older than the oldest of another. Used by one thread.
 */
final class Candidates {
    static final int PAGE = 100;

    private static final Comparator<Seen> OLDEST_FIRST = Comparator.comparing(Seen::receivedAt)
            .thenComparing(seen -> seen.id().value());

    private final MailProvider provider;
    private final Reading reading;
    private final ContentOptions options;
    private final Instant now;

    Candidates(MailProvider provider, Reading reading, ContentOptions options, Instant now) {
        this.provider = provider;
        this.reading = reading;
        this.options = options;
        this.now = now;
    }

    /**
     * An email as far as is needed to decide about it.
     *
     * @param size octets of the raw message, at least about
     */
    record Seen(EmailId id, Instant receivedAt, long size) {
        static Seen of(Email email) {
            return new Seen(email.id(), email.receivedAt(), email.size());
        }
    }

    /** Hands on every email of the account, in pages. */
    void eachPage(Consumer<List<Seen>> pages) {
        walk(page -> pages.accept(page.stream().map(Seen::of).toList()));
    }

    /** Returns the emails that a policy other than all names, the newest first. */
    List<Seen> recent() {
        Newest newest = new Newest(options.policy(), now);
        walk(page -> page.forEach(email -> newest.add(Seen.of(email))));
        return newest.list();
    }

    /** Returns those of some emails that the policy names, the newest first. */
    List<Seen> among(Collection<Email> emails) {
        if (options.policy().isAll()) {
            return emails.stream()
                    .map(Seen::of)
                    .distinct()
                    .sorted(OLDEST_FIRST.reversed())
                    .toList();
        }
        Newest newest = new Newest(options.policy(), now);
        emails.forEach(email -> newest.add(Seen.of(email)));
        return newest.list();
    }

    private void walk(Consumer<List<Email>> pages) {
        for (EmailQuery query : queries()) {
            walk(query, pages);
        }
    }

    /** Where an email is in one mailbox only, newest first holds within a mailbox; elsewhere one query has all in order. */
    private List<EmailQuery> queries() {
        Set<MailboxId> mailboxes = options.mailboxes();
        if (!mailboxes.isEmpty()) {
            return mailboxes.stream().map(EmailQuery::in).toList();
        }
        boolean inOrder =
                reading.call("content.list", 0, provider::capabilities).has(Capability.MULTIPLE_MAILBOXES);
        if (inOrder || options.policy().isAll()) {
            return List.of(EmailQuery.everywhere());
        }
        List<Mailbox> all = reading.call("content.list", 0, provider::mailboxes);
        return all.stream()
                .filter(Mailbox::selectable)
                .map(mailbox -> EmailQuery.in(mailbox.id()))
                .toList();
    }

    /** No more of one query can be among the newest than the policy names. */
    private void walk(EmailQuery all, Consumer<List<Email>> pages) {
        Duration maxAge = options.policy().maxAge();
        EmailQuery query = (maxAge == null ? all : all.receivedSince(now.minus(maxAge)))
                .newestFirst()
                .pageSize((int) Math.min(PAGE, options.policy().emails()))
                .fetch(FetchLevel.STATE);
        PageToken token = null;
        long seen = 0;
        do {
            PageToken asked = token;
            EmailPage page = reading.call("content.list", 0, call -> provider.query(query, asked, call));
            pages.accept(page.emails());
            seen += page.emails().size();
            token = page.next();
        } while (token != null && seen < options.policy().emails());
    }

    /** Keeps the newest of what it is given. */
    private static final class Newest {
        private final ContentPolicy policy;
        private final @Nullable Instant since;
        private final Queue<Seen> kept = new PriorityQueue<>(OLDEST_FIRST);
        private final Set<EmailId> ids = new HashSet<>();

        Newest(ContentPolicy policy, Instant now) {
            this.policy = policy;
            this.since = policy.maxAge() == null ? null : now.minus(policy.maxAge());
        }

        void add(Seen email) {
            boolean tooOld = since != null && email.receivedAt().isBefore(since);
            if (tooOld || !ids.add(email.id())) {
                return;
            }
            kept.add(email);
            if (kept.size() > policy.emails()) {
                ids.remove(kept.remove().id());
            }
        }

        List<Seen> list() {
            return kept.stream().sorted(OLDEST_FIRST.reversed()).toList();
        }
    }
}
