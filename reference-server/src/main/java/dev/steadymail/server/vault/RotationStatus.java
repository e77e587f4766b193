package dev.steadymail.server.vault;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far the last rotation of keys is, over all organisations.
 *
 * @param valuesLeft stored values that are not under a new key yet
 * @param valuesUnreadable values that no key opens, in organisations that are done; they and their keys were left alone
 * @param keysRewrapped data keys that went over to the first key of ENCRYPTION_KEY
 * @param keysDestroyed old data keys that are gone
 * @param keysLeft data keys that are under another key of ENCRYPTION_KEY than the first, or one that it lacks, in organisations that are
 *     done; once the rotation is finished and this is 0, the other keys can be taken out of the setting
 */
public record RotationStatus(
        State state,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        long organisations,
        long organisationsLeft,
        long valuesResealed,
        long valuesLeft,
        long valuesUnreadable,
        long keysRewrapped,
        long keysDestroyed,
        long keysLeft) {
    static final RotationStatus NONE = new RotationStatus(State.NONE, null, null, 0, 0, 0, 0, 0, 0, 0, 0);

    /** What the rotation is doing. */
    public enum State {
        /** There was none yet. */
        NONE,
        RUNNING,
        /** It ended early, with its server or by a failure that the log tells; started again, it goes on from there. */
        STOPPED,
        FINISHED;

        /** Returns the name in the API. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        static State of(boolean finished, boolean touched) {
            if (finished) {
                return FINISHED;
            }
            return touched ? RUNNING : STOPPED;
        }
    }
}
