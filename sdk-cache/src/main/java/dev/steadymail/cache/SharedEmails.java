package dev.steadymail.cache;

import dev.steadymail.cache.codec.DamagedValueException;
import dev.steadymail.cache.codec.EmailCodec;
import dev.steadymail.cache.codec.EmailCodec.Coded;
import dev.steadymail.cache.codec.EmailCodec.State;
import dev.steadymail.cache.shared.Begun;
import dev.steadymail.cache.shared.Dated;
import dev.steadymail.cache.shared.Found;
import dev.steadymail.cache.shared.LastingName;
import dev.steadymail.cache.shared.SharedName;
import dev.steadymail.cache.shared.Values;
import dev.steadymail.cache.shared.Wanted;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import dev.steadymail.provider.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads emails that are not in memory: from the level that processes share, with one look for all, and the rest from the provider, where
 * what another process is reading just now is waited for. Thread-safe.
 */
final class SharedEmails {
    /** Looked up at once; more take turns. */
    private static final int AT_ONCE = 200;

    private final SharedAccount shared;
    private final AccountCache account;
    private final Reading reading;
    private final EmailSource source;

    SharedEmails(SharedAccount shared, AccountCache account, Reading reading, EmailSource source) {
        this.shared = shared;
        this.source = source;
        this.account = account;
        this.reading = reading;
    }

    /** Asks the provider. */
    interface Loader {
        List<Email> load(List<EmailId> ids);
    }

    /**
     * Emails that were found.
     *
     * @param shared what another process or an earlier reading left; it is in memory by now
     * @param loaded what the provider answered
     */
    record Answer(Map<EmailId, Email> shared, Map<EmailId, Email> loaded) {
        Answer() {
            this(new HashMap<>(), new HashMap<>());
        }
    }

    Answer read(Collection<EmailId> ids, FetchLevel level, Call call, long begun, Loader loader) {
        Answer answer = new Answer();
        List<EmailId> all = new ArrayList<>(new LinkedHashSet<>(ids));
        if (shared.exists()) {
            inTurns(all, some -> new Round(level, call, begun, answer).look(some));
        }
        takeKnown(missing(all, answer), level, begun, answer);
        List<EmailId> missing = missing(all, answer);
        if (shared.exists()) {
            Waiting waiting = new Waiting(reading.time(), call);
            inTurns(missing, some -> new Round(level, call, begun, answer).read(some, waiting, loader));
        } else if (!missing.isEmpty()) {
            loader.load(missing).forEach(email -> answer.loaded().put(email.id(), email));
        }
        return answer;
    }

    private static List<EmailId> missing(List<EmailId> all, Answer answer) {
        return all.stream().filter(id -> !answer.shared().containsKey(id)).toList();
    }

    private static void inTurns(List<EmailId> ids, Consumer<List<EmailId>> turn) {
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            turn.accept(ids.subList(from, Math.min(ids.size(), from + AT_ONCE)));
        }
    }

    /** Takes what the application knows from elsewhere. Whoever keeps the source hears of its failures there; here the provider knows. */
    private void takeKnown(List<EmailId> ids, FetchLevel level, long begun, Answer answer) {
        if (ids.isEmpty() || source == EmailSource.NOTHING) {
            return;
        }
        long asked = reading.now();
        Map<EmailId, EmailSource.Known> known = new HashMap<>();
        try {
            known.putAll(source.find(ids, level));
        } catch (RuntimeException failure) {
            return;
        }
        for (EmailId id : ids) {
            EmailSource.Known one = known.get(id);
            if (one != null && one.age().compareTo(reading.sourceFreshFor()) < 0) {
                take(id, one.email(), level, asked, asked - one.age().toNanos(), begun, answer);
            }
        }
    }

    /** Unless it is older than what is known here. */
    private void take(EmailId id, Email email, FetchLevel level, long asked, long trueAt, long begun, Answer answer) {
        FetchLevel has = EmailReads.levelOf(email);
        if (email.id().equals(id) && has.compareTo(level) >= 0 && account.isSince(id, trueAt)) {
            Email kept = account.keepShared(email, has, begun, trueAt, asked);
            Email now = email.withState(kept.mailboxIds(), kept.keywords());
            answer.shared().put(id, EmailReads.trimmed(now, has, level));
            reading.sourced(CachedKind.EMAIL);
        }
    }

    /** What one call asks of some emails. */
    private final class Round {
        private final FetchLevel level;
        private final Call call;
        private final long begun;
        private final Answer answer;
        private final Set<EmailId> kept = new HashSet<>();

        Round(FetchLevel level, Call call, long begun, Answer answer) {
            this.level = level;
            this.call = call;
            this.begun = begun;
            this.answer = answer;
        }

        void look(List<EmailId> ids) {
            long asked = reading.now();
            Set<EmailId> taken = new HashSet<>(take(ids, shared.find(wanted(ids)), asked));
            ids.forEach(id -> reading.looked(CachedKind.EMAIL, taken.contains(id)));
        }

        void read(List<EmailId> ids, Waiting waiting, Loader loader) {
            List<EmailId> missing = ids;
            while (!missing.isEmpty()) {
                long asked = reading.now();
                Optional<Begun> claimed = shared.begin(claims(missing), wanted(missing), call);
                if (claimed.isEmpty()) {
                    load(missing, null, loader);
                    return;
                }
                Begun now = claimed.get();
                List<EmailId> found = take(missing, now.found(), asked);
                List<EmailId> mine = missing.stream()
                        .filter(id -> !found.contains(id) && now.granted().contains(claim(id)))
                        .toList();
                List<EmailId> others = missing.stream()
                        .filter(id -> !found.contains(id) && !now.granted().contains(claim(id)))
                        .toList();
                boolean patient = waiting.goesOn();
                load(patient ? mine : concat(mine, others), now, loader);
                missing = patient ? others : List.of();
                if (!missing.isEmpty()) {
                    reading.coalesced(CachedKind.EMAIL);
                    waiting.rest();
                }
            }
        }

        /** Reads and keeps; the claims are given back in any case. */
        private void load(List<EmailId> ids, @Nullable Begun claimed, Loader loader) {
            Map<SharedName, byte[]> changing = new HashMap<>();
            Map<LastingName, byte[]> lasting = new HashMap<>();
            try {
                if (!ids.isEmpty()) {
                    for (Email email : loader.load(ids)) {
                        answer.loaded().put(email.id(), email);
                        if (claimed != null) {
                            write(email, changing, lasting);
                        }
                    }
                }
            } finally {
                if (claimed != null) {
                    shared.keep(claimed, new Values(changing, lasting));
                }
            }
        }

        private void write(Email email, Map<SharedName, byte[]> changing, Map<LastingName, byte[]> lasting) {
            try {
                if (!kept.contains(email.id())) {
                    lasting.put(lasting(email.id()), EmailCodec.encode(email, level));
                }
                changing.put(
                        SharedName.state(email.id().value()),
                        EmailCodec.encodeState(email.mailboxIds(), email.keywords()));
            } catch (IllegalArgumentException strange) {
                // Nested deeper than anything that is read here; nobody else gets it from the level.
            }
        }

        private Wanted wanted(List<EmailId> ids) {
            return new Wanted(
                    ids.stream().map(id -> SharedName.state(id.value())).toList(),
                    ids.stream().map(SharedEmails::lasting).toList());
        }

        private Set<String> claims(List<EmailId> ids) {
            Set<String> claims = new LinkedHashSet<>();
            ids.forEach(id -> claims.add(claim(id)));
            return claims;
        }

        private String claim(EmailId id) {
            return level + " " + id.value();
        }

        /** Takes what is there whole, into memory as well. */
        private List<EmailId> take(List<EmailId> ids, Found found, long asked) {
            List<EmailId> taken = new ArrayList<>();
            for (EmailId id : ids) {
                Coded coded = coded(found.lasting().get(lasting(id)));
                if (coded != null && coded.level().compareTo(level) >= 0) {
                    kept.add(id);
                    Dated state = found.changing().get(SharedName.state(id.value()));
                    if (state != null && take(id, coded, state, asked)) {
                        taken.add(id);
                    }
                }
            }
            return taken;
        }

        private boolean take(EmailId id, Coded coded, Dated dated, long asked) {
            Duration age = dated.age();
            State state = state(dated.octets());
            if (state == null
                    || age.compareTo(reading.sharedFreshFor()) >= 0
                    || !coded.email().id().equals(id)) {
                return false;
            }
            Email email = coded.email().withState(state.mailboxIds(), state.keywords());
            Email kept = account.keepShared(email, coded.level(), begun, asked - age.toNanos(), asked);
            answer.shared()
                    .put(
                            id,
                            EmailReads.trimmed(
                                    email.withState(kept.mailboxIds(), kept.keywords()), coded.level(), level));
            return true;
        }
    }

    private static List<EmailId> concat(List<EmailId> some, List<EmailId> others) {
        List<EmailId> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    private static LastingName lasting(EmailId id) {
        return new LastingName(id.value(), "");
    }

    private static @Nullable Coded coded(byte @Nullable [] octets) {
        try {
            return octets == null ? null : EmailCodec.decode(octets);
        } catch (DamagedValueException damaged) {
            return null;
        }
    }

    private static @Nullable State state(byte[] octets) {
        try {
            return EmailCodec.decodeState(octets);
        } catch (DamagedValueException damaged) {
            return null;
        }
    }
}
