package dev.steadymail.cli.mirror;

import dev.steadymail.cli.outcome.StopSignal;
import dev.steadymail.cli.terminal.Progress;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Repeats what may succeed later, until the run is stopped. Not thread-safe. */
final class Persistence {
    private final TimeSource time;
    private final StopSignal stop;
    private final Patience patience;
    private final Watch watch;
    private final Progress progress;
    private @Nullable MailException last;
    private int failures;
    private long progressAtFailure;

    Persistence(TimeSource time, StopSignal stop, Patience patience, Watch watch, Progress progress) {
        this.time = time;
        this.stop = stop;
        this.patience = patience;
        this.watch = watch;
        this.progress = progress;
    }

    /**
     * Returns the outcome of the first try that succeeds.
     *
     * @throws MailException where no other try is of use, or the run was stopped
     */
    <T> T untilDone(Supplier<T> work) {
        while (true) {
            try {
                T outcome = work.get();
                watch.progressed();
                return outcome;
            } catch (MailException failure) {
                note(failure);
                Duration asked = askedFor(failure);
                if (stop.isStopped() || !isWorthRepeating(failure) || !watch.allows(asked)) {
                    throw failure;
                }
                pause(failure, longer(asked, patience.backoff(failures, time.random())));
            }
        }
    }

    /** Returns the last failure that was not our own doing, or null. */
    @Nullable
    MailException lastFailure() {
        return last;
    }

    Patience patience() {
        return patience;
    }

    private void note(MailException failure) {
        if (stop.isStopped()) {
            return; // a consequence of the stop
        }
        last = failure;
        if (failure.providerCode().isPresent() || failure.retryAt().isPresent()) {
            watch.reached();
        }
        failures = watch.progressCount() > progressAtFailure ? 1 : failures + 1;
        progressAtFailure = watch.progressCount();
    }

    /** A call that ran out of its own time may do better in the next; the run's deadline is another matter. */
    private static boolean isWorthRepeating(MailException failure) {
        return failure.isRetryable() || failure.kind() == Kind.DEADLINE;
    }

    private Duration askedFor(MailException failure) {
        return failure.retryAt().map(at -> Duration.between(time.now(), at)).orElse(Duration.ZERO);
    }

    /** The larger of the provider's hint and our own backoff. */
    private static Duration longer(Duration asked, Duration own) {
        return own.compareTo(asked) > 0 ? own : asked;
    }

    private void pause(MailException failure, Duration wait) {
        String until = IndexLine.time(time.now().plus(wait));
        progress.say("trying again at " + until + " after " + failure.kind() + ": " + failure.getMessage());
        stop.pause(wait, time.scheduler());
        if (stop.isStopped()) {
            throw failure;
        }
    }
}
