package dev.steadymail.cache;

import com.github.benmanes.caffeine.cache.Cache;
import dev.steadymail.cache.CacheValue.Absent;
import dev.steadymail.cache.CacheValue.OfEmail;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.Keyword;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.provider.Change;
import dev.steadymail.provider.KnownEmail;
import dev.steadymail.provider.KnownEmails;
import dev.steadymail.provider.SyncCursor;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one account, and what is known of its freshness; all clients of the account share it. Thread-safe: whatever changes
 * values takes the lock, and readers take none.
 */
final class AccountCache {
    /** So many emails are compared with what a store knows; where more were read between two syncs, their state counts as not known. */
    private static final int MOST_UNPROVED = 2_000;

    /** What is known from elsewhere when a cache is made may be older than that by as much as any source may say. */
    private static final long BEFORE = Duration.ofDays(1).toNanos();

    private final Cache<CacheKey, CacheValue> values;
    private final CacheTime time;
    private final SharedAccount shared;
    private final ReentrantLock lock = new ReentrantLock();
    private final ChangeLog log = new ChangeLog();
    private final ChangeTimes times;
    private final Flights flights = new Flights();
    /** Emails that were read since the last sync began, which nothing but the time of reading speaks for when the next one begins. */
    private final Set<EmailId> unproved = new HashSet<>();
    /** Emails that are just what the store of the sync under way knew when it began: good if that sync comes to its end. */
    private final Set<EmailId> inProof = new HashSet<>();
    /** Emails whose state the sync under way told. */
    private final Set<EmailId> told = new HashSet<>();
    /** Emails that we changed since the sync under way began: it may tell what was true before. */
    private final Set<EmailId> ownSince = new HashSet<>();

    private boolean anyOwnSince;
    /** Whether a sync that began compares what was read with what its store knows. */
    private boolean comparing;

    private final CursorChain chain = new CursorChain();
    private volatile Freshness freshness;
    private final AtomicLong stateEra = new AtomicLong();
    private final AtomicLong listEra = new AtomicLong();
    private final AtomicLong markEra = new AtomicLong();
    private Set<MailboxId> watched = Set.of();
    private long newsAt;
    /** What was looked up in the shared level before may be older than what a watch has told. */
    private long newsPosition;

    /** When the last sync began, which alone can prove something: another one with another store tells other differences. */
    private long syncBegunAt;

    /**
     * Begins with nothing.
     *
     * @param shared what lies beneath; asked without the lock, as it may be slow
     * @param first whether nobody read or changed the account in this process before
     */
    AccountCache(Cache<CacheKey, CacheValue> values, CacheTime time, SharedAccount shared, boolean first) {
        this.values = values;
        this.time = time;
        this.shared = shared;
        this.times = new ChangeTimes(time.nanos() - (first ? BEFORE : 0));
        this.freshness = new Freshness(time.nanos(), Set.of());
        this.newsAt = time.nanos();
    }

    SharedAccount shared() {
        return shared;
    }

    Flights flights() {
        return flights;
    }

    Freshness freshness() {
        return freshness;
    }

    long stateEra() {
        return stateEra.get();
    }

    long listEra() {
        return listEra.get();
    }

    /** Returns the era of lists whose emails are chosen by their keywords: another one after each change of either kind. */
    long markedListEra() {
        return listEra.get() + markEra.get();
    }

    @Nullable
    CacheValue find(CacheKey key) {
        return values.getIfPresent(key);
    }

    CacheKey key(EmailId id) {
        return new CacheKey(this, CachedKind.EMAIL, id);
    }

    /** Returns where a reading begins, to be given back with what it brings. */
    long begin() {
        lock.lock();
        try {
            return log.position();
        } finally {
            lock.unlock();
        }
    }

    /** Keeps an email, unless it may have changed since the reading began; what is known of it beyond that stays. */
    void keep(Email email, FetchLevel level, long begun, long readAt) {
        lock.lock();
        try {
            if (!log.changedSince(begun, email.id())) {
                CacheKey key = key(email.id());
                OfEmail before = values.getIfPresent(key) instanceof OfEmail known ? known : null;
                OfEmail now = before == null || before.level().compareTo(level) <= 0
                        ? new OfEmail(email, level, readAt, stateEra())
                        : new OfEmail(
                                before.email().withState(email.mailboxIds(), email.keywords()),
                                before.level(),
                                readAt,
                                stateEra());
                values.put(key, now);
                noteUnproved(email.id());
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Keeps an email from the level that processes share, unless it may have changed since the reading began. No sync of this process has
     * compared it yet, so none proves it.
     */
    Email keepShared(Email email, FetchLevel level, long begun, long readAt, long sharedAt) {
        lock.lock();
        try {
            if (begun < newsPosition || log.changedSince(begun, email.id())) {
                return email;
            }
            CacheKey key = key(email.id());
            OfEmail now = new OfEmail(email, level, readAt, stateEra(), sharedAt);
            if (values.getIfPresent(key) instanceof OfEmail before) {
                now = joined(now, before);
            }
            values.put(key, now);
            if (now.sharedAt() == sharedAt) {
                inProof.remove(email.id());
                noteUnproved(email.id());
            }
            return now.email();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Returns whether what was true of an email then is no older than what was read of it here, the last change of it that came from here or was
     * heard of here, and all that a watch has told.
     */
    boolean isSince(EmailId id, long then) {
        lock.lock();
        try {
            CacheValue kept = values.getIfPresent(key(id));
            boolean newer = (kept instanceof OfEmail email && email.readAt() > then)
                    || (kept instanceof Absent absent && absent.readAt() > then);
            return !newer && !times.changedSince(id, then) && (newsPosition == 0 || then > newsAt);
        } finally {
            lock.unlock();
        }
    }

    /** The fuller content with the state of which more is known. */
    private OfEmail joined(OfEmail shared, OfEmail before) {
        boolean fuller = before.level().compareTo(shared.level()) > 0;
        FetchLevel level = fuller ? before.level() : shared.level();
        Email content = fuller ? before.email() : shared.email();
        boolean known = before.sharedAt() == CacheValue.OWN
                && before.stateEra() == stateEra()
                && Math.max(before.readAt(), freshness.provedAt()) >= shared.readAt();
        OfEmail state = known ? before : shared;
        Email joined =
                content.withState(state.email().mailboxIds(), state.email().keywords());
        return new OfEmail(joined, level, state.readAt(), state.stateEra(), state.sharedAt());
    }

    private void noteUnproved(EmailId id) {
        unproved.add(id);
        if (unproved.size() > MOST_UNPROVED) {
            forgetStates();
        }
    }

    /** Keeps that an email was not there. */
    void keepAbsent(EmailId id, long begun, long readAt) {
        lock.lock();
        try {
            if (!log.changedSince(begun)) {
                values.put(key(id), new Absent(readAt, listEra()));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Keeps something that any change may touch, unless there was one since the reading began. */
    void keepList(CacheKey key, CacheValue value, long begun) {
        lock.lock();
        try {
            if (!log.changedSince(begun)) {
                values.put(key, value);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Keeps what never changes, unless its email may be gone or all was forgotten since the reading began. */
    void keepContent(CacheKey key, EmailId id, CacheValue value, long begun) {
        lock.lock();
        try {
            if (!log.changedSince(begun, id)) {
                values.put(key, value);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Emails are about to change by a change of our own, or may have changed: readings that are on their way are not kept, nobody waits for
     * them any more, and what a sync under way tells of these emails may be older.
     */
    void touch(Collection<EmailId> ids) {
        lock.lock();
        try {
            for (EmailId id : ids) {
                change(id, OfEmail::withoutState);
                noteOwn(id);
            }
            dropLists();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Keywords of emails are about to change by a change of our own: as {@link #touch}, but lists stay whose emails are chosen by other things.
     * While states are being compared with a store's, none counts as known.
     */
    OwnMarks marking(Collection<EmailId> ids) {
        lock.lock();
        try {
            Map<EmailId, OfEmail> before = new HashMap<>();
            for (EmailId id : ids) {
                if (!comparing
                        && values.getIfPresent(key(id)) instanceof OfEmail email
                        && email.stateEra() == stateEra()) {
                    before.put(id, email);
                }
            }
            touchMarks(ids);
            return new OwnMarks(List.copyOf(ids), log.position(), before);
        } finally {
            lock.unlock();
        }
    }

    /** Such a change failed, or nobody knows whether it did: states are read again. */
    void maybeMarked(OwnMarks change) {
        lock.lock();
        try {
            touchMarks(change.ids());
        } finally {
            lock.unlock();
        }
    }

    /** Such a change is done: a state that was known and that nothing else has touched since is known still. */
    void marked(OwnMarks change, Set<Keyword> add, Set<Keyword> remove) {
        lock.lock();
        try {
            Map<EmailId, OfEmail> known = new HashMap<>(change.before());
            known.keySet().removeIf(id -> log.changedSince(change.begun(), id));
            touchMarks(change.ids());
            known.forEach((id, before) -> {
                values.put(key(id), OwnMarks.marked(before, add, remove));
                noteUnproved(id);
            });
        } finally {
            lock.unlock();
        }
    }

    private void touchMarks(Collection<EmailId> ids) {
        for (EmailId id : ids) {
            change(id, OfEmail::withoutState);
            noteOwn(id);
        }
        long unused = markEra.incrementAndGet();
        log.changedLists();
        flights.forgetLists();
    }

    private void noteOwn(EmailId id) {
        if (ownSince.size() < MOST_UNPROVED) {
            ownSince.add(id);
        } else {
            anyOwnSince = true;
        }
    }

    /** Emails are gone: nothing of them is kept. Finding their content means a look at all keys, so none is taken for nothing. */
    void gone(Collection<EmailId> ids) {
        if (ids.isEmpty()) {
            return;
        }
        Set<EmailId> set = Set.copyOf(ids);
        touch(set);
        flights.forgetContents(set);
        values.asMap().keySet().removeIf(key -> key.account() == this && key.isOf(set));
    }

    private void dropLists() {
        long unused = listEra.incrementAndGet();
        log.changedLists();
        flights.forgetLists();
    }

    /** Everything may have changed. */
    void touchAll() {
        lock.lock();
        try {
            log.changedAll();
            times.changedAll(time.nanos());
            forgetStates();
            dropLists();
            flights.forgetEmails();
            flights.forgetContents();
            anyOwnSince = true;
        } finally {
            lock.unlock();
        }
    }

    private void forgetStates() {
        long unused = stateEra.incrementAndGet();
        unproved.clear();
        inProof.clear();
        told.clear();
    }

    private void change(EmailId id, UnaryOperator<OfEmail> change) {
        log.changed(id);
        times.changed(id, time.nanos());
        flights.forget(id);
        CacheKey key = key(id);
        CacheValue value = values.getIfPresent(key);
        if (value instanceof OfEmail email) {
            values.put(key, change.apply(email));
        } else if (value != null) {
            values.invalidate(key);
        }
    }

    /**
     * A sync begins. It will tell how what is there differs from what its store knows, and not how it differs from what was read since
     * the store last heard: that stays where it is just what the store knows, and else its state counts as not known. What a sync of
     * another store proved says nothing for this one, which may know what was true before.
     *
     * @param cursor how far the store is; null where it knows nothing yet
     * @param known what it knows there; asked without the lock, as it may be slow and ask here in turn
     * @return when it began, which names the sync
     */
    long syncBegins(@Nullable SyncCursor cursor, KnownEmails known) {
        Map<EmailId, OfEmail> proving = new HashMap<>();
        long begunAt = begin(cursor, known, proving);
        Set<EmailId> same = new HashSet<>();
        try {
            proving.forEach((id, read) -> {
                if (isSame(known.find(id).orElse(null), read)) {
                    same.add(id);
                }
            });
        } catch (RuntimeException storeFailed) {
            // What cannot be compared is not the same; the sync itself will meet the failure.
            same.clear();
        }
        compared(begunAt, proving, same);
        return begunAt;
    }

    private long begin(@Nullable SyncCursor cursor, KnownEmails known, Map<EmailId, OfEmail> proving) {
        lock.lock();
        try {
            syncBegunAt = Math.max(time.nanos(), syncBegunAt + 1);
            comparing = true;
            dropLists();
            log.changedAll();
            flights.forgetEmails();
            told.clear();
            ownSince.clear();
            anyOwnSince = false;
            // What another sync was to prove is not proved by this one.
            unproved.addAll(inProof);
            inProof.clear();
            if (cursor == null || !chain.follows(cursor, known)) {
                forgetStates();
            }
            chain.begin(cursor, known);
            for (EmailId id : unproved) {
                if (values.getIfPresent(key(id)) instanceof OfEmail read) {
                    proving.put(id, read);
                }
            }
            unproved.clear();
            unproved.addAll(proving.keySet());
            return syncBegunAt;
        } finally {
            lock.unlock();
        }
    }

    private static boolean isSame(@Nullable KnownEmail stored, OfEmail read) {
        return stored != null
                && stored.mailboxIds().equals(read.email().mailboxIds())
                && stored.keywords().equals(read.email().keywords());
    }

    /** What was read anew meanwhile, or is compared for a sync that was overtaken, waits for the next one. */
    private void compared(long begunAt, Map<EmailId, OfEmail> proving, Set<EmailId> same) {
        lock.lock();
        try {
            if (begunAt != syncBegunAt) {
                return;
            }
            comparing = false;
            proving.forEach((id, read) -> {
                CacheKey key = key(id);
                if (values.getIfPresent(key) == read) {
                    unproved.remove(id);
                    if (same.contains(id)) {
                        inProof.add(id);
                    } else {
                        values.put(key, read.withoutState());
                    }
                }
            });
        } finally {
            lock.unlock();
        }
    }

    /**
     * A sync tells changes: what was read before it began becomes as told, and what was read since may be newer than that.
     *
     * @param next where its store is when it has applied them
     */
    void apply(List<Change> changes, SyncCursor next, long begunAt) {
        lock.lock();
        try {
            boolean current = begunAt == syncBegunAt;
            if (current) {
                chain.leadsTo(next);
            }
            if (!changes.isEmpty()) {
                dropLists();
                changes.forEach(change -> apply(change, current, begunAt));
            }
        } finally {
            lock.unlock();
        }
    }

    private void apply(Change change, boolean current, long begunAt) {
        if (change instanceof Change.Updated updated) {
            boolean may = current && !anyOwnSince && !ownSince.contains(updated.id()) && told.size() < MOST_UNPROVED;
            change(updated.id(), email -> may ? told(email, updated, begunAt) : email.withoutState());
            if (may) {
                told.add(updated.id());
            }
        } else if (change instanceof Change.Appeared appeared) {
            change(appeared.id(), OfEmail::withoutState);
        } else if (change instanceof Change.Vanished vanished) {
            change(vanished.id(), OfEmail::withoutState);
        } else if (change instanceof Change.Relocated relocated) {
            relocate(relocated);
        }
    }

    /**
     * What is told was true some time since the store heard last, and the sync may tell more of the same: it is good when that has come to its
     * end. What was read since the sync began may be newer.
     */
    private OfEmail told(OfEmail email, Change.Updated told, long begunAt) {
        if (email.stateEra() != stateEra() || email.readAt() < begunAt) {
            Email now = email.email().withState(told.mailboxIds(), told.keywords());
            return new OfEmail(now, email.level(), begunAt, OfEmail.PENDING);
        }
        boolean same = told.mailboxIds().equals(email.email().mailboxIds())
                && told.keywords().equals(email.email().keywords());
        return same ? email : email.withoutState();
    }

    /** The same message under another id: what never changes of it is good still. */
    private void relocate(Change.Relocated change) {
        CacheKey from = key(change.from());
        CacheValue value = values.getIfPresent(from);
        change(change.from(), OfEmail::withoutState);
        change(change.to(), OfEmail::withoutState);
        if (value instanceof OfEmail email && !change.from().equals(change.to())) {
            OfEmail moved = new OfEmail(
                    email.email().relocated(change.to(), change.mailboxIds()),
                    email.level(),
                    email.readAt(),
                    OfEmail.NEVER);
            values.put(key(change.to()), moved);
        }
    }

    /** A sync of all mailboxes that began then came to its end; one that another sync overtook proves nothing. */
    void syncEnded(SyncCursor last, long begunAt) {
        lock.lock();
        try {
            if (begunAt != syncBegunAt) {
                return;
            }
            List.copyOf(told).forEach(id -> adopt(id, begunAt));
            told.clear();
            inProof.forEach(id -> own(id, begunAt));
            inProof.clear();
            chain.endsAt(last);
            boolean quiet = newsAt < begunAt;
            freshness = new Freshness(Math.max(freshness.provedAt(), begunAt), quiet ? watched : Set.of());
        } finally {
            lock.unlock();
        }
    }

    /** What came from the level that processes share is as good as what was read here, once a sync has proved it. */
    private void own(EmailId id, long begunAt) {
        CacheKey key = key(id);
        if (values.getIfPresent(key) instanceof OfEmail email
                && email.sharedAt() != CacheValue.OWN
                && email.stateEra() == stateEra()) {
            values.put(key, new OfEmail(email.email(), email.level(), begunAt, stateEra()));
        }
    }

    /** A state that was told is good from now on. Where the store fails to keep it, the next sync tells how things differ from before. */
    private void adopt(EmailId id, long begunAt) {
        CacheKey key = key(id);
        if (values.getIfPresent(key) instanceof OfEmail email && email.stateEra() == OfEmail.PENDING) {
            values.put(key, new OfEmail(email.email(), email.level(), begunAt, stateEra()));
            noteUnproved(id);
        }
    }

    /** A watch is up, or tells news: what changed before is to be told by a sync that begins from now on. */
    void news(Set<MailboxId> mailboxes) {
        watches(mailboxes);
        if (shared.exists()) {
            shared.touchAll();
            watches(mailboxes);
        }
    }

    private void watches(Set<MailboxId> mailboxes) {
        lock.lock();
        try {
            newsAt = time.nanos();
            watched = mailboxes;
            freshness = new Freshness(freshness.provedAt(), Set.of());
            dropLists();
            newsPosition = log.position();
            forgetShared();
        } finally {
            lock.unlock();
        }
    }

    /** States from the shared level may be older than what was told; all of them wait for a sync to prove them. */
    private void forgetShared() {
        Set<EmailId> waiting = new HashSet<>(unproved);
        waiting.addAll(inProof);
        for (EmailId id : waiting) {
            CacheKey key = key(id);
            if (values.getIfPresent(key) instanceof OfEmail email && email.sharedAt() != CacheValue.OWN) {
                values.put(key, email.withoutState());
            }
        }
    }

    /** Nobody would tell of changes any more. */
    void unwatched() {
        watches(Set.of());
    }

    /** Another process changed these emails, or heard that they changed. */
    void touchedElsewhere(Collection<EmailId> ids) {
        touch(ids);
    }

    /** Another process changed a lot. */
    void changedElsewhere() {
        lock.lock();
        try {
            times.changedAll(time.nanos());
            dropLists();
        } finally {
            lock.unlock();
        }
    }

    /** Another process may have changed something that nobody heard of: states are good as long as what this process knows speaks for them. */
    void touchedElsewhere() {
        lock.lock();
        try {
            dropLists();
        } finally {
            lock.unlock();
        }
    }
}
