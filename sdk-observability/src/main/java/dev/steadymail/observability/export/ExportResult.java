package dev.steadymail.observability.export;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What became of a batch. Immutable.
 *
 * @param verdict whether it arrived
 * @param retryAfter how long the receiver wants to be left alone, or null where it did not say
 */
public record ExportResult(Verdict verdict, @Nullable Duration retryAfter) {
    private static final ExportResult TAKEN = new ExportResult(Verdict.TAKEN, null);
    private static final ExportResult REFUSED = new ExportResult(Verdict.REFUSED, null);
    private static final ExportResult UNKNOWN = new ExportResult(Verdict.UNKNOWN, null);

    /** Whether a batch arrived. */
    public enum Verdict {
        /** It did, and is never sent again. */
        TAKEN,
        /** The receiver will never take it; it is dropped. */
        REFUSED,
        /** It surely did not, and is sent again. */
        NOT_TAKEN,
        /** Nobody knows; it is sent again under the same id, by which the receiver can tell. */
        UNKNOWN
    }

    public static ExportResult taken() {
        return TAKEN;
    }

    public static ExportResult refused() {
        return REFUSED;
    }

    public static ExportResult unknown() {
        return UNKNOWN;
    }

    /** Returns that a batch surely did not arrive. */
    public static ExportResult notTaken(@Nullable Duration retryAfter) {
        return new ExportResult(Verdict.NOT_TAKEN, retryAfter);
    }
}
