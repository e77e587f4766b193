package dev.steadymail.cli.mirror;

import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.cli.outcome.ExitCode;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended, and why.
 *
 * @param exit the exit code
 * @param kind what went wrong, or null
 * @param retryAt the earliest useful time for another run, where the provider stated one
 * @param message the line to show; null where all went well
 * @param fault the fault of ours that ended the run, or null
 */
public record MirrorEnd(
        ExitCode exit,
        @Nullable Kind kind,
        @Nullable Instant retryAt,
        @Nullable String message,
        @Nullable RuntimeException fault) {
    static final MirrorEnd DONE = new MirrorEnd(ExitCode.DONE, null, null, null, null);

    /** Returns the end of a run. Every failure ends here, faults of ours too, since every run owes its caller a report. */
    static MirrorEnd of(Supplier<MirrorEnd> run) {
        try {
            return run.get();
        } catch (CommandException refusal) {
            return MirrorEnd.of(refusal);
        } catch (MailException failure) {
            return MirrorEnd.of(failure);
        } catch (RuntimeException fault) {
            return MirrorEnd.fault(fault);
        }
    }

    static MirrorEnd different() {
        return new MirrorEnd(ExitCode.DIFFERENT, null, null, null, null);
    }

    static MirrorEnd of(CommandException refusal) {
        return new MirrorEnd(refusal.exit(), refusal.kind(), null, refusal.getMessage(), null);
    }

    static MirrorEnd of(MailException failure) {
        ExitCode exit = ExitCode.of(failure.kind());
        return new MirrorEnd(
                exit,
                failure.kind(),
                failure.retryAt().orElse(null),
                failure.getMessage(),
                exit == ExitCode.INTERNAL_FAULT ? failure : null);
    }

    static MirrorEnd fault(RuntimeException fault) {
        return new MirrorEnd(ExitCode.INTERNAL_FAULT, null, null, null, fault);
    }

    static MirrorEnd parked(int count) {
        String message = count + (count == 1 ? " email" : " emails")
                + " could not be read; DIR/.steadymail/parked.jsonl says why, and the next run tries again";
        return new MirrorEnd(ExitCode.PARKED, null, null, message, null);
    }
}
