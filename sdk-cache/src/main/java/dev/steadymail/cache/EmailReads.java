package dev.steadymail.cache;

import dev.steadymail.cache.CacheValue.Absent;
import dev.steadymail.cache.CacheValue.OfEmail;
import dev.steadymail.cache.Flights.EmailLoad;
import dev.steadymail.cache.Flights.Flight;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.mail.MailException;
import dev.steadymail.provider.Call;
import dev.steadymail.provider.MailProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Reads emails: those that are kept, those that somebody is reading, and the rest with one question to the provider. Thread-safe. */
final class EmailReads {
    private final MailProvider provider;
    private final AccountCache account;
    private final Reading reading;
    private final SharedEmails shared;
    private final LongAdder hits;

    EmailReads(MailProvider provider, AccountCache account, Reading reading, EmailSource source) {
        this.provider = provider;
        this.account = account;
        this.reading = reading;
        this.hits = reading.hits(CachedKind.EMAIL);
        this.shared = new SharedEmails(account.shared(), account, reading, source);
    }

    List<Email> get(List<EmailId> ids, FetchLevel level, Call call) {
        return reading.isTold()
                ? reading.told(CachedKind.EMAIL, ids.size(), () -> answer(ids, level, call))
                : answer(ids, level, call);
    }

    private List<Email> answer(List<EmailId> ids, FetchLevel level, Call call) {
        long now = reading.now();
        if (ids.size() == 1) {
            return one(ids, level, now, call);
        }
        List<Email> kept = new ArrayList<>(ids.size());
        for (EmailId id : ids) {
            CacheValue value = account.find(account.key(id));
            if (!(value instanceof OfEmail email) || !answers(email, level, now)) {
                return read(ids, level, now, kept, value, call);
            }
            kept.add(trimmed(email.email(), email.level(), level));
        }
        hits.add(kept.size());
        return kept;
    }

    private List<Email> one(List<EmailId> ids, FetchLevel level, long now, Call call) {
        CacheValue value = account.find(account.key(ids.get(0)));
        if (!(value instanceof OfEmail email) || !answers(email, level, now)) {
            return read(ids, level, now, List.of(), value, call);
        }
        hits.increment();
        return List.of(trimmed(email.email(), email.level(), level));
    }

    /**
     * Goes on where not everything is kept.
     *
     * @param kept what was found of the first ids
     * @param next what was found for the id after those, which is no answer or not an email
     */
    private List<Email> read(
            List<EmailId> ids, FetchLevel level, long now, List<Email> kept, @Nullable CacheValue next, Call call) {
        Map<EmailId, Email> found = new HashMap<>();
        Map<FetchLevel, Set<EmailId>> missing = new LinkedHashMap<>();
        kept.forEach(email -> found.put(email.id(), email));
        hits.add(kept.size());
        look(ids.get(kept.size()), next, level, now, found, missing);
        for (EmailId id : ids.subList(kept.size() + 1, ids.size())) {
            look(id, account.find(account.key(id)), level, now, found, missing);
        }
        missing.forEach((needed, some) -> read(some, needed, level, call, found));
        List<Email> ordered = new ArrayList<>(ids.size());
        for (EmailId id : ids) {
            Email email = found.get(id);
            if (email != null) {
                ordered.add(email);
            }
        }
        return ordered;
    }

    private void look(
            EmailId id,
            @Nullable CacheValue value,
            FetchLevel level,
            long now,
            Map<EmailId, Email> found,
            Map<FetchLevel, Set<EmailId>> missing) {
        if (value instanceof OfEmail email) {
            if (answers(email, level, now)) {
                hits.increment();
                found.put(id, trimmed(email.email(), email.level(), level));
                return;
            }
            // What never changes is there: its state alone is read.
            need(id, email.level().compareTo(level) >= 0 ? FetchLevel.STATE : level, missing);
        } else if (value instanceof Absent absent && isGood(absent, now)) {
            hits.increment();
        } else {
            need(id, level, missing);
        }
    }

    private boolean answers(OfEmail email, FetchLevel level, long now) {
        return email.level().compareTo(level) >= 0 && isGood(email, now);
    }

    private void need(EmailId id, FetchLevel level, Map<FetchLevel, Set<EmailId>> missing) {
        reading.miss(CachedKind.EMAIL);
        missing.computeIfAbsent(level, needed -> new LinkedHashSet<>()).add(id);
    }

    private boolean isGood(OfEmail email, long now) {
        if (email.stateEra() != account.stateEra()) {
            return false;
        }
        if (email.sharedAt() != CacheValue.OWN) {
            return reading.isGoodElsewhere(email.readAt(), email.sharedAt());
        }
        // The time first: it needs nothing of the email, which lies elsewhere in memory.
        Freshness freshness = account.freshness();
        return freshness.holds(email.readAt(), now, reading.freshFor())
                || freshness.holds(email.readAt(), email.email().mailboxIds(), now, reading.freshFor());
    }

    private boolean isGood(Absent absent, long now) {
        return absent.listEra() == account.listEra()
                && account.freshness().holds(absent.readAt(), now, reading.freshFor());
    }

    /** Returns the level whose promise an email keeps. */
    static FetchLevel levelOf(Email email) {
        if (email.envelope() == null) {
            return FetchLevel.STATE;
        }
        return email.body() == null ? FetchLevel.METADATA : FetchLevel.STRUCTURE;
    }

    /** A caller that asked for less must not be given more: accessors tell what to ask for. */
    static Email trimmed(Email email, FetchLevel has, FetchLevel level) {
        if (has == level) {
            return email;
        }
        return new Email(
                email.id(),
                email.threadId(),
                email.blobId(),
                email.mailboxIds(),
                email.keywords(),
                email.receivedAt(),
                email.size(),
                level == FetchLevel.STATE ? null : email.envelope(),
                null,
                email.fingerprint(),
                email.ancestry());
    }

    private void read(Set<EmailId> ids, FetchLevel needed, FetchLevel wanted, Call call, Map<EmailId, Email> found) {
        Map<EmailId, Flight> mine = new LinkedHashMap<>();
        Map<EmailId, Flight> others = new LinkedHashMap<>();
        List<EmailId> alone = new ArrayList<>();
        for (EmailId id : ids) {
            Flight flight = new Flight(call.lane());
            Flight other = account.flights().of(CachedKind.EMAIL).putIfAbsent(new EmailLoad(id, needed), flight);
            if (other == null) {
                mine.put(id, flight);
            } else if (other.suits(call.lane())) {
                others.put(id, other);
            } else {
                alone.add(id);
            }
        }
        List<EmailId> incomplete = new ArrayList<>(fly(mine, needed, wanted, call, found));
        others.forEach((id, flight) -> {
            if (!(reading.await(CachedKind.EMAIL, flight, call) instanceof Landed landed)) {
                alone.add(id);
            } else if (!put(landed.email(), needed, wanted, found)) {
                incomplete.add(id);
            }
        });
        incomplete.addAll(load(alone, needed, wanted, call, found).incomplete());
        Loads unused = load(incomplete, wanted, wanted, call, found);
    }

    private List<EmailId> fly(
            Map<EmailId, Flight> flights, FetchLevel needed, FetchLevel wanted, Call call, Map<EmailId, Email> found) {
        try {
            Loads loads = load(List.copyOf(flights.keySet()), needed, wanted, call, found);
            if (!loads.stale()) {
                flights.forEach((id, flight) ->
                        flight.result().complete(new Landed(loads.emails().get(id))));
            }
            return loads.incomplete();
        } finally {
            flights.forEach((id, flight) -> {
                flight.result().complete(null);
                account.flights().of(CachedKind.EMAIL).remove(new EmailLoad(id, needed), flight);
            });
        }
    }

    /**
     * What a question brought.
     *
     * @param emails as they came
     * @param incomplete those of which the state alone came and the rest gave way to others meanwhile
     * @param stale whether nothing came and old answers were given
     */
    private record Loads(Map<EmailId, Email> emails, List<EmailId> incomplete, boolean stale) {}

    /** Asks the provider, and keeps what comes. */
    private Loads load(List<EmailId> ids, FetchLevel needed, FetchLevel wanted, Call call, Map<EmailId, Email> found) {
        Map<EmailId, Email> loaded = new HashMap<>();
        List<EmailId> incomplete = new ArrayList<>();
        if (ids.isEmpty()) {
            return new Loads(loaded, incomplete, false);
        }
        long begun = account.begin();
        long readAt = reading.now();
        Map<EmailId, Email> here = new HashMap<>();
        try {
            SharedEmails.Answer answer = shared.read(
                    ids,
                    needed,
                    call,
                    begun,
                    some -> reading.timed(CachedKind.EMAIL, () -> provider.get(some, needed, call)));
            here.putAll(answer.shared());
            loaded.putAll(answer.loaded());
            loaded.putAll(here);
        } catch (MailException failure) {
            if (!serveStale(ids, wanted, failure, found)) {
                throw failure;
            }
            return new Loads(loaded, incomplete, true);
        }
        for (EmailId id : ids) {
            Email email = loaded.get(id);
            if (email == null) {
                account.keepAbsent(id, begun, readAt);
                continue;
            }
            if (!put(email, needed, wanted, found)) {
                incomplete.add(id);
            }
            if (!here.containsKey(id)) {
                account.keep(email, needed, begun, readAt);
            }
        }
        return new Loads(loaded, incomplete, false);
    }

    /** Adds an email, with what was known of it where its state alone was read; answers whether that was there. */
    private boolean put(@Nullable Email read, FetchLevel needed, FetchLevel wanted, Map<EmailId, Email> found) {
        if (read == null) {
            return true;
        }
        if (needed == wanted) {
            found.put(read.id(), read);
            return true;
        }
        OfEmail known = reading.kept(account.key(read.id()), OfEmail.class);
        if (known == null || known.level().compareTo(wanted) < 0) {
            return false;
        }
        Email fuller = known.email().withState(read.mailboxIds(), read.keywords());
        found.put(read.id(), trimmed(fuller, known.level(), wanted));
        return true;
    }

    /** All or nothing: who is given half of an answer takes the rest for gone. */
    private boolean serveStale(List<EmailId> ids, FetchLevel wanted, MailException failure, Map<EmailId, Email> found) {
        Map<EmailId, Email> stale = new HashMap<>();
        long oldest = 0;
        for (EmailId id : ids) {
            OfEmail known = reading.kept(account.key(id), OfEmail.class);
            if (known == null || known.level().compareTo(wanted) < 0) {
                return false;
            }
            stale.put(id, trimmed(known.email(), known.level(), wanted));
            oldest = Math.max(oldest, age(known));
        }
        boolean serves = reading.servesStale(CachedKind.EMAIL, ids.size(), failure, oldest);
        if (serves) {
            found.putAll(stale);
        }
        return serves;
    }

    private long age(OfEmail known) {
        boolean vouchedFor = known.stateEra() == account.stateEra() && known.sharedAt() == CacheValue.OWN;
        return reading.age(known.readAt(), vouchedFor);
    }

    /** What a reading brought for one id: null where the email is gone. */
    private record Landed(@Nullable Email email) {}
}
