package dev.steadymail.hybrid;

import dev.steadymail.guard.Explanation;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the second door of a {@link HybridAccount} does at one moment; {@code mail.unwrap(HybridReading.class)} returns one of now, and
 * asks nobody. {@code MailClient.explain} and {@code ledger} are those of the first door. Holds no content and no address.
 *
 * @param state whether bodies are read by the second door
 * @param until when that may change, where it is known
 * @param reason why not, for people, or null
 * @param bytes octets that passed the second door in the last 24 hours, by all clients of this runtime for the account
 * @param dailyBytes how many may, see {@link HybridOptions#dailyBytes}
 * @param bySecond emails read by the second door since the client was opened
 * @param byFirst emails of back-fills read by the first door since then
 * @param explanation the guard of the second door
 */
public record HybridReading(
        State state,
        @Nullable Instant until,
        @Nullable String reason,
        long bytes,
        long dailyBytes,
        long bySecond,
        long byFirst,
        Explanation explanation) {
    /** Whether bodies are read by the second door. */
    public enum State {
        /** They are. */
        READING,
        /** They are, slowly, so that what is left of the day's octets lasts for an hour at least. */
        PACED,
        /** Not now: the day's octets are used up. */
        SPENT,
        /** Not now: it failed, and is left alone for a while. */
        RESTING,
        /** Not any more with this client: it served other octets or states than the first door. */
        OFF
    }
}
