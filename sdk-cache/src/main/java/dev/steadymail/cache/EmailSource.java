package dev.steadymail.cache;

import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.FetchLevel;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Knows emails from elsewhere, for example from a store that a sync keeps up to date. It is asked where neither memory nor Redis has an answer, before
 * the provider is. Implementations are thread-safe.
 */
@FunctionalInterface
public interface EmailSource {
    /** Knows nothing. */
    EmailSource NOTHING = (ids, level) -> Map.of();

    /**
     * Returns what it has of these emails. May block for as long as a look into a database takes. Where it fails unchecked, it counts as having
     * nothing.
     *
     * @param level what must be there of each
     */
    Map<EmailId, Known> find(List<EmailId> ids, FetchLevel level);

    /**
     * An email as it was known.
     *
     * @param email at the level that was asked for, or more
     * @param age how long ago its mailboxes and keywords were true for sure: of a store, since its last sync of all mailboxes began
     */
    record Known(Email email, Duration age) {
        public Known {
            if (age.isNegative()) {
                throw new IllegalArgumentException("age must not be negative, was " + age);
            }
        }
    }
}
