package dev.steadymail.cache;

import dev.steadymail.cache.CacheValue.OfList;
import dev.steadymail.cache.CacheValue.OfMailboxes;
import dev.steadymail.cache.CacheValue.OfThread;
import dev.steadymail.mail.EmailThread;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.mail.ThreadId;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.EmailIdPage;
import dev.steadymail.provider.EmailPage;
import dev.steadymail.provider.MailProvider;
import dev.steadymail.provider.PageToken;
import dev.steadymail.query.EmailFilter;
import dev.steadymail.query.EmailQuery;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads what any change of the account may touch: lists of mailboxes and emails, and threads. Thread-safe. */
final class ListReads {
    private final MailProvider provider;
    private final AccountCache account;
    private final Reading reading;
    private final EmailReads emails;

    ListReads(MailProvider provider, AccountCache account, Reading reading, EmailReads emails) {
        this.provider = provider;
        this.account = account;
        this.reading = reading;
        this.emails = emails;
    }

    /** A page of a query. */
    private record PageOf(
            EmailFilter filter,
            boolean newestFirst,
            int pageSize,
            @Nullable PageToken token) {}

    List<Mailbox> mailboxes(Call call) {
        CacheKey key = new CacheKey(account, CachedKind.MAILBOXES, "");
        return read(
                        CachedKind.MAILBOXES,
                        key,
                        OfMailboxes.class,
                        call,
                        value -> isGood(value.listEra(), value.readAt()),
                        (readAt, era) -> new OfMailboxes(List.copyOf(provider.mailboxes(call)), readAt, era))
                .mailboxes();
    }

    EmailThread thread(ThreadId id, Call call) {
        CacheKey key = new CacheKey(account, CachedKind.THREAD, id);
        return read(
                        CachedKind.THREAD,
                        key,
                        OfThread.class,
                        call,
                        value -> isGood(value.listEra(), value.readAt()),
                        (readAt, era) -> new OfThread(provider.thread(id, call), readAt, era))
                .thread();
    }

    /** Asks for the ids alone: what is kept of the emails already is not read again. What is gone between both questions is left out. */
    EmailPage query(EmailQuery query, @Nullable PageToken token, Call call) {
        OfList list = list(query, token, call);
        return new EmailPage(emails.get(list.ids(), query.level(), call), list.next());
    }

    EmailIdPage queryIds(EmailQuery query, @Nullable PageToken token, Call call) {
        OfList list = list(query, token, call);
        return new EmailIdPage(list.ids(), list.next());
    }

    private OfList list(EmailQuery query, @Nullable PageToken token, Call call) {
        PageOf page = new PageOf(query.filter(), query.isNewestFirst(), query.pageSize(), token);
        CacheKey key = new CacheKey(account, CachedKind.LIST, page);
        EmailFilter filter = query.filter();
        return read(CachedKind.LIST, key, OfList.class, call, list -> isGood(list, filter), (readAt, unused) -> {
            long era = era(filter);
            EmailIdPage found = provider.queryIds(query, token, call);
            return new OfList(found.ids(), found.next(), filter.mailbox(), readAt, era);
        });
    }

    /** A change of our own to keywords leaves lists as they are whose filter asks for none. */
    private long era(EmailFilter filter) {
        boolean marked = !filter.having().isEmpty() || !filter.without().isEmpty() || filter.raw() != null;
        return marked ? account.markedListEra() : account.listEra();
    }

    private boolean isGood(long era, long readAt) {
        return era == account.listEra() && account.freshness().holds(readAt, reading.now(), reading.freshFor());
    }

    private boolean isGood(OfList list, EmailFilter filter) {
        MailboxId mailbox = list.mailbox();
        return list.listEra() == era(filter)
                && account.freshness()
                        .holds(
                                list.readAt(),
                                mailbox == null ? List.of() : List.of(mailbox),
                                reading.now(),
                                reading.freshFor());
    }

    private <V extends CacheValue> V read(
            CachedKind kind, CacheKey key, Class<V> type, Call call, Predicate<V> isGood, Load<V> load) {
        V kept = reading.kept(key, type);
        if (kept != null && isGood.test(kept)) {
            reading.hit(kind);
            return kept;
        }
        reading.miss(kind);
        try {
            return reading.shared(kind, key, call, () -> load(key, load), type);
        } catch (MailException failure) {
            if (kept != null && reading.servesStale(kind, failure, age(kept))) {
                return kept;
            }
            throw failure;
        }
    }

    private <V extends CacheValue> V load(CacheKey key, Load<V> load) {
        long begun = account.begin();
        V value = load.load(reading.now(), account.listEra());
        account.keepList(key, value, begun);
        return value;
    }

    private long age(CacheValue value) {
        if (value instanceof OfList list) {
            return reading.age(list.readAt(), list.listEra() == account.listEra());
        }
        if (value instanceof OfThread thread) {
            return reading.age(thread.readAt(), thread.listEra() == account.listEra());
        }
        OfMailboxes mailboxes = (OfMailboxes) value;
        return reading.age(mailboxes.readAt(), mailboxes.listEra() == account.listEra());
    }

    private interface Load<V> {
        V load(long readAt, long era);
    }
}
