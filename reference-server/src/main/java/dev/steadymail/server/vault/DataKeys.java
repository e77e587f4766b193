package dev.steadymail.server.vault;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.steadymail.server.tenants.Tenancy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/** The data keys of the organisation that the thread works for. Keys in use stay in memory for a minute. Thread-safe. */
final class DataKeys {
    private static final Logger LOG = LoggerFactory.getLogger(DataKeys.class);

    static final Duration LIFE = Duration.ofMinutes(1);
    private static final int MOST_CACHED = 1_000;
    private static final int TRIES = 5;

    private final DataKeyRows rows;
    private final EncryptionKeys keys;
    private final TransactionOperations transactions;
    private final Cache<Name, DataKey> cache;
    private final Set<String> missed = ConcurrentHashMap.newKeySet();

    DataKeys(DataKeyRows rows, EncryptionKeys keys, TransactionOperations transactions, Ticker ticker) {
        this.rows = rows;
        this.keys = keys;
        this.transactions = transactions;
        this.cache = Caffeine.newBuilder()
                .maximumSize(MOST_CACHED)
                .expireAfterWrite(LIFE)
                .ticker(ticker)
                .build();
    }

    /**
     * Returns the key that encrypts, which is made at first need, and anew where ENCRYPTION_KEY lacks what opens it. Until the
     * transaction that the thread is in ends, the key cannot be destroyed.
     */
    DataKey active() {
        return transactions.execute(status -> {
            for (int i = 0; i < TRIES; i++) {
                Optional<WrappedKey> stored = rows.holdActive();
                Optional<DataKey> key = stored.flatMap(this::unwrapped);
                if (key.isPresent()) {
                    return key.get();
                }
                stored.ifPresent(unreadable -> rows.retire(unreadable.id()));
                addActive();
            }
            throw new IllegalStateException("a data key was retired " + TRIES + " times while it was being made");
        });
    }

    /**
     * Returns a key by its id.
     *
     * @throws UnreadableSecretException where there is none, or ENCRYPTION_KEY lacks what opens it
     */
    DataKey find(long id) {
        DataKey known = cache.getIfPresent(new Name(Tenancy.current(), id));
        return known != null
                ? known
                : rows.find(id).flatMap(this::unwrapped).orElseThrow(() -> new UnreadableSecretException(null));
    }

    /** Makes a new key that encrypts from now on, where the one that does was made before a time. */
    void renew(Instant madeBefore) {
        transactions.executeWithoutResult(status -> {
            if (rows.retireBefore(madeBefore)) {
                addActive();
            }
        });
    }

    /** Wraps keys anew that are not under the first of ENCRYPTION_KEY; returns how many. */
    long rewrap() {
        return rows.notUnder(keys.first()).stream().filter(this::rewrapped).count();
    }

    /** Returns how many keys are not under the first of ENCRYPTION_KEY. */
    long notUnderFirst() {
        return rows.notUnder(keys.first()).size();
    }

    /** Forgets a key that was destroyed. */
    void forget(long id) {
        cache.invalidate(new Name(Tenancy.current(), id));
    }

    private void addActive() {
        rows.insertActive(WrappedKey.random(rows.newId(), keys));
    }

    private boolean rewrapped(WrappedKey stored) {
        try {
            return rows.rewrap(stored, stored.rewrap(keys));
        } catch (UnreadableSecretException unreadable) {
            warn(stored);
            return false;
        }
    }

    private Optional<DataKey> unwrapped(WrappedKey stored) {
        Name name = new Name(Tenancy.current(), stored.id());
        DataKey known = cache.getIfPresent(name);
        if (known != null) {
            return Optional.of(known);
        }
        try {
            DataKey key = stored.unwrap(keys);
            cache.put(name, key);
            return Optional.of(key);
        } catch (UnreadableSecretException unreadable) {
            warn(stored);
            return Optional.empty();
        }
    }

    /** Once for each key of the setting, not for each secret. */
    private void warn(WrappedKey stored) {
        if (keys.knows(stored.kek())) {
            LOG.warn("data key {} was changed in the database and cannot be used", stored.id());
        } else if (missed.add(stored.kek())) {
            LOG.warn(
                    "data keys are stored under the key {}, which ENCRYPTION_KEY does not name; accounts whose credentials"
                            + " are under them need it, or have to be connected again",
                    stored.kek());
        }
    }

    private record Name(UUID organisation, long id) {}
}
