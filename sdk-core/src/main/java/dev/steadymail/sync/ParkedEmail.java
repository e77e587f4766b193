package dev.steadymail.sync;

import dev.steadymail.mail.EmailId;
import java.time.Instant;

/**
 * An email that exists but could not be read, or whose change could not be applied. Syncs try it again, more and more seldom, until it
 * succeeds or the email is gone.
 *
 * @param id the provider's id
 * @param reason why the last try failed, without content
 * @param tries how often it was tried; 0 where a loader tells it, as syncs count
 * @param retryAt when syncs try it again, to the millisecond; whoever asks for it by name need not wait
 */
public record ParkedEmail(EmailId id, String reason, int tries, Instant retryAt) {
    /** An email that could not be read just now. */
    public ParkedEmail(EmailId id, String reason) {
        this(id, reason, 0, Instant.EPOCH);
    }

    /** Returns the same under another id of the same email. */
    public ParkedEmail under(EmailId other) {
        return new ParkedEmail(other, reason, tries, retryAt);
    }

    /** Returns the same after another try. */
    ParkedEmail tried(int times, Instant again) {
        return new ParkedEmail(id, reason, times, again);
    }
}
