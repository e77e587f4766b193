package dev.steadymail.cache;

import dev.steadymail.cache.shared.Begun;
import dev.steadymail.cache.shared.Found;
import dev.steadymail.cache.shared.Values;
import dev.steadymail.cache.shared.Wanted;
import dev.steadymail.provider.Call;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one value that is not in memory: from the level that processes share, else from the provider, where what another process is
 * reading just now is waited for. Thread-safe.
 */
final class SharedOne {
    private final SharedAccount shared;
    private final Reading reading;

    SharedOne(SharedAccount shared, Reading reading) {
        this.shared = shared;
        this.reading = reading;
    }

    /** Takes a value from what was found. */
    interface Decoder<T> {
        /**
         * Returns the value.
         *
         * @param asked nanoseconds of the cache's clock when the level was asked
         * @return null where it is not there, or too old
         */
        @Nullable
        T decode(Found found, long asked);
    }

    /** Asks the provider. */
    interface Loader<T> {
        /**
         * Returns what it answers.
         *
         * @param keep takes what the level is to keep; at most once
         */
        T load(Consumer<Values> keep);
    }

    <T> T read(CachedKind kind, String claim, Wanted wanted, Call call, Decoder<T> decoder, Loader<T> loader) {
        if (!shared.exists()) {
            return loader.load(values -> {});
        }
        long asked = reading.now();
        T found = decoder.decode(shared.find(wanted), asked);
        reading.looked(kind, found != null);
        return found != null ? found : readClaimed(kind, claim, wanted, call, decoder, loader);
    }

    private <T> T readClaimed(
            CachedKind kind, String claim, Wanted wanted, Call call, Decoder<T> decoder, Loader<T> loader) {
        Waiting waiting = new Waiting(reading.time(), call);
        while (true) {
            long asked = reading.now();
            Optional<Begun> claimed = shared.begin(Set.of(claim), wanted, call);
            if (claimed.isEmpty()) {
                return loader.load(values -> {});
            }
            T found = decoder.decode(claimed.get().found(), asked);
            if (found != null) {
                shared.keep(claimed.get(), Values.NONE);
                return found;
            }
            if (claimed.get().granted().contains(claim) || !waiting.goesOn()) {
                return load(claimed.get(), loader);
            }
            reading.coalesced(kind);
            waiting.rest();
        }
    }

    /** The claim is given back in any case. */
    private <T> T load(Begun claimed, Loader<T> loader) {
        Values[] brought = {Values.NONE};
        try {
            return loader.load(values -> brought[0] = values);
        } finally {
            shared.keep(claimed, brought[0]);
        }
    }
}
