package dev.steadymail.sync;

import dev.steadymail.mail.EmailId;
import dev.steadymail.sync.SyncEngine.SyncOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts the tries of parked emails and says when the next is due: each rest is twice as long as the one before. */
final class ParkedTries {
    private static final int MOST_DOUBLINGS = 40;

    private final Map<EmailId, ParkedEmail> before = new LinkedHashMap<>();
    private final SyncOptions options;
    private final Instant now;

    ParkedTries(List<ParkedEmail> parked, SyncOptions options, Instant now) {
        parked.forEach(email -> before.put(email.id(), email));
        this.options = options;
        this.now = now;
    }

    /** Returns what was parked before and is due. */
    List<EmailId> due() {
        return before.values().stream()
                .filter(email -> !email.retryAt().isAfter(now))
                .map(ParkedEmail::id)
                .toList();
    }

    /** Returns the state of an email that failed just now. */
    ParkedEmail failed(ParkedEmail email) {
        ParkedEmail earlier = before.get(email.id());
        int tries = earlier == null ? 1 : earlier.tries() + 1;
        return email.tried(tries, now.plus(rest(tries)).truncatedTo(ChronoUnit.MILLIS));
    }

    private Duration rest(int tries) {
        Duration rest = options.firstRest();
        for (int i = 1; i < Math.min(tries, MOST_DOUBLINGS) && rest.compareTo(options.longestRest()) < 0; i++) {
            rest = rest.multipliedBy(2);
        }
        return rest.compareTo(options.longestRest()) > 0 ? options.longestRest() : rest;
    }
}
