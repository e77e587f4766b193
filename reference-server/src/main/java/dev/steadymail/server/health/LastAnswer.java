package dev.steadymail.server.health;

import dev.steadymail.server.web.FatalErrors;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last answer to a question that may take long: one thread asks, and whoever wants to know never waits. An answer that is too
 * old counts as no, since then the question itself hangs. Thread-safe.
 */
final class LastAnswer {
    private static final Logger LOG = LoggerFactory.getLogger(LastAnswer.class);

    private final BooleanSupplier question;
    private final long validNanos;
    private final LongSupplier nanoTime;
    private volatile @Nullable Answer last;

    LastAnswer(BooleanSupplier question, Duration valid, LongSupplier nanoTime) {
        this.question = question;
        this.validNanos = valid.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Asks, waits for the answer and keeps it. An exception would end the repetition without a word, and is a no. */
    void ask() {
        boolean yes = false;
        long began = nanoTime.getAsLong();
        try {
            yes = question.getAsBoolean();
        } catch (RuntimeException e) {
            LOG.debug("no answer", e);
        } catch (Error e) {
            FatalErrors.tell(e);
            throw e;
        }
        long now = nanoTime.getAsLong();
        last = new Answer(yes, now, Duration.ofNanos(now - began));
    }

    /** Returns whether the last answer was yes, at once. */
    boolean isYes() {
        Answer known = last;
        return known != null && known.yes() && nanoTime.getAsLong() - known.nanos() <= validNanos;
    }

    /** Returns how long the last answer took, whatever it was; empty before the first. */
    Optional<Duration> took() {
        return Optional.ofNullable(last).map(Answer::took);
    }

    private record Answer(boolean yes, long nanos, Duration took) {}
}
