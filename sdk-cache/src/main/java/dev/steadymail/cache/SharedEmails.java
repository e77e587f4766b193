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

    SharedEmails(SharedAccount shared, AccountCache account, Reading reading) {
        this.shared = shared;
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
        if (!shared.exists()) {
            loader.load(List.copyOf(ids)).forEach(email -> answer.loaded().put(email.id(), email));
            return answer;
        }
        Waiting waiting = new Waiting(reading.time(), call);
        List<EmailId> all = new ArrayList<>(new LinkedHashSet<>(ids));
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            List<EmailId> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
            new Round(level, call, begun, answer).look(some);
        }
        List<EmailId> missing =
                all.stream().filter(id -> !answer.shared().containsKey(id)).toList();
        for (int from = 0; from < missing.size(); from += AT_ONCE) {
            List<EmailId> some = missing.subList(from, Math.min(missing.size(), from + AT_ONCE));
            new Round(level, call, begun, answer).read(some, waiting, loader);
        }
        return answer;
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
