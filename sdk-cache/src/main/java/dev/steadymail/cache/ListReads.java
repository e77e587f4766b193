package dev.steadymail.cache;

import dev.steadymail.cache.CacheValue.OfList;
import dev.steadymail.cache.CacheValue.OfMailboxes;
import dev.steadymail.cache.CacheValue.OfThread;
import dev.steadymail.cache.SharedLists.Form;
import dev.steadymail.cache.SharedLists.Origin;
import dev.steadymail.cache.shared.Dated;
import dev.steadymail.cache.shared.SharedName;
import dev.steadymail.cache.shared.Values;
import dev.steadymail.cache.shared.Wanted;
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
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads what any change of the account may touch: lists of mailboxes and emails, and threads. Thread-safe. */
final class ListReads {
    private final MailProvider provider;
    private final AccountCache account;
    private final Reading reading;
    private final EmailReads emails;
    private final SharedOne shared;
    private final ReadAhead ahead;

    ListReads(MailProvider provider, AccountCache account, Reading reading, EmailReads emails, ReadAhead ahead) {
        this.provider = provider;
        this.account = account;
        this.reading = reading;
        this.emails = emails;
        this.ahead = ahead;
        this.shared = new SharedOne(account.shared(), reading);
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
                        SharedLists.mailboxes(),
                        account::listEra,
                        call,
                        value -> isGood(value.listEra(), value.readAt(), value.sharedAt()),
                        (readAt, era) -> new OfMailboxes(List.copyOf(provider.mailboxes(call)), readAt, era))
                .mailboxes();
    }

    EmailThread thread(ThreadId id, Call call) {
        CacheKey key = new CacheKey(account, CachedKind.THREAD, id);
        return read(
                        CachedKind.THREAD,
                        key,
                        OfThread.class,
                        SharedLists.thread(id),
                        account::listEra,
                        call,
                        value -> isGood(value.listEra(), value.readAt(), value.sharedAt()),
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
        return read(
                CachedKind.LIST,
                key,
                OfList.class,
                SharedLists.page(query, token),
                () -> era(filter),
                call,
                list -> isGood(list, filter),
                (readAt, era) -> {
                    EmailIdPage found = provider.queryIds(query, token, call);
                    return new OfList(found.ids(), found.next(), filter.mailbox(), readAt, era);
                });
    }

    /** A change of our own to keywords leaves lists as they are whose filter asks for none. */
    private long era(EmailFilter filter) {
        boolean marked = !filter.having().isEmpty() || !filter.without().isEmpty() || filter.raw() != null;
        return marked ? account.markedListEra() : account.listEra();
    }

    private boolean isGood(long era, long readAt, long sharedAt) {
        if (era != account.listEra()) {
            return false;
        }
        return sharedAt == CacheValue.OWN
                ? account.freshness().holds(readAt, reading.now(), reading.freshFor())
                : reading.isGoodShared(readAt, sharedAt);
    }

    private boolean isGood(OfList list, EmailFilter filter) {
        MailboxId mailbox = list.mailbox();
        if (list.sharedAt() != CacheValue.OWN) {
            return list.listEra() == era(filter) && reading.isGoodShared(list.readAt(), list.sharedAt());
        }
        return list.listEra() == era(filter)
                && account.freshness()
                        .holds(
                                list.readAt(),
                                mailbox == null ? List.of() : List.of(mailbox),
                                reading.now(),
                                reading.freshFor());
    }

    private <V extends CacheValue> V read(
            CachedKind kind,
            CacheKey key,
            Class<V> type,
            Form<V> form,
            LongSupplier eraNow,
            Call call,
            Predicate<V> isGood,
            Load<V> load) {
        return reading.isTold()
                ? reading.told(kind, 1, () -> answer(kind, key, type, form, eraNow, call, isGood, load))
                : answer(kind, key, type, form, eraNow, call, isGood, load);
    }

    private <V extends CacheValue> V answer(
            CachedKind kind,
            CacheKey key,
            Class<V> type,
            Form<V> form,
            LongSupplier eraNow,
            Call call,
            Predicate<V> isGood,
            Load<V> load) {
        V kept = reading.kept(key, type);
        if (kept != null && isGood.test(kept)) {
            reading.hit(kind);
            if (ahead.isDue(needsAgain(kept), reading.freshFor())) {
                ahead.read(key, () -> loadAhead(kind, () -> load(kind, key, form, eraNow, call, load)));
            }
            return kept;
        }
        reading.miss(kind);
        try {
            return reading.shared(kind, key, call, () -> load(kind, key, form, eraNow, call, load), type);
        } catch (MailException failure) {
            if (kept != null && reading.servesStale(kind, 1, failure, age(kept))) {
                return kept;
            }
            throw failure;
        }
    }

    /** The call that asked lends its lane and deadline: what takes longer is not needed yet. */
    private void loadAhead(CachedKind kind, Supplier<? extends CacheValue> load) {
        try {
            CacheValue unused = reading.timed(kind, load::get);
        } catch (MailException failure) {
            // Whoever needs it reads for himself, and hears of it.
        }
    }

    private <V extends CacheValue> V load(
            CachedKind kind, CacheKey key, Form<V> form, LongSupplier eraNow, Call call, Load<V> load) {
        long begun = account.begin();
        long era = eraNow.getAsLong();
        SharedName name = form.name();
        V value = shared.read(
                kind,
                kind + " " + name.name(),
                Wanted.changing(List.of(name)),
                call,
                (found, asked) -> taken(form, found.changing().get(name), asked, era),
                keep -> {
                    V read = load.load(reading.now(), era);
                    keep.accept(new Values(Map.of(name, form.write(read)), Map.of()));
                    return read;
                });
        account.keepList(key, value, begun);
        return value;
    }

    private <V extends CacheValue> @Nullable V taken(Form<V> form, @Nullable Dated dated, long asked, long era) {
        if (dated == null || dated.age().compareTo(reading.sharedFreshFor()) >= 0) {
            return null;
        }
        return SharedLists.read(form, dated, new Origin(asked - dated.age().toNanos(), era, asked));
    }

    /** Returns the age of what this process read and no watch speaks for; 0 for the rest, which is looked up in the level again first. */
    private long needsAgain(CacheValue value) {
        if (value instanceof OfList list) {
            MailboxId mailbox = list.mailbox();
            boolean vouchedFor =
                    mailbox != null && account.freshness().watched().contains(mailbox);
            return vouchedFor || list.sharedAt() != CacheValue.OWN ? 0 : age(list);
        }
        if (value instanceof OfThread thread) {
            return thread.sharedAt() == CacheValue.OWN ? age(thread) : 0;
        }
        return ((OfMailboxes) value).sharedAt() == CacheValue.OWN ? age(value) : 0;
    }

    private long age(CacheValue value) {
        if (value instanceof OfList list) {
            return age(list.readAt(), list.listEra(), list.sharedAt());
        }
        if (value instanceof OfThread thread) {
            return age(thread.readAt(), thread.listEra(), thread.sharedAt());
        }
        OfMailboxes mailboxes = (OfMailboxes) value;
        return age(mailboxes.readAt(), mailboxes.listEra(), mailboxes.sharedAt());
    }

    private long age(long readAt, long era, long sharedAt) {
        return reading.age(readAt, era == account.listEra() && sharedAt == CacheValue.OWN);
    }

    private interface Load<V> {
        V load(long readAt, long era);
    }
}
