package dev.steadymail.cli.mirror;

import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.cli.outcome.StopReason;
import dev.steadymail.cli.outcome.StopSignal;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says why a run was stopped, with what went wrong before as far as that matters. */
final class StoppedRun {
    private StoppedRun() {}

    /**
     * Returns the end of work that may be stopped, or fail, or be refused.
     *
     * @param whatNow what is left of a stopped run, and what to do, for example {@code "run again to go on from here"}
     */
    static MirrorEnd endOf(StopSignal stop, Persistence persistence, String whatNow, Supplier<MirrorEnd> work) {
        try {
            return work.get();
        } catch (MailException failure) {
            return stop.reason()
                    .map(reason -> end(
                            text(reason, persistence.patience(), whatNow), reason, failure, persistence.lastFailure()))
                    .orElseGet(() -> MirrorEnd.of(failure));
        } catch (CommandException refusal) {
            return MirrorEnd.of(refusal);
        }
    }

    /**
     * Returns the end of a stopped run.
     *
     * @param failure what the run ended with, usually a consequence of the stop
     * @param last the last failure before the stop, or null
     */
    private static MirrorEnd end(String text, StopReason reason, MailException failure, @Nullable MailException last) {
        if (failure.kind() == Kind.STORAGE) {
            return MirrorEnd.of(failure);
        }
        if (reason == StopReason.INTERRUPTED || last == null) {
            return new MirrorEnd(reason.exit(), reason.kind(), null, text, null);
        }
        String message = text + "; the last failure was " + last.kind() + ": " + last.getMessage();
        return new MirrorEnd(reason.exit(), last.kind(), last.retryAt().orElse(null), message, null);
    }

    /** Returns the end of a run that could not end by itself. */
    static MirrorEnd cutOff(String whatNow) {
        StopReason reason = StopReason.INTERRUPTED;
        return new MirrorEnd(reason.exit(), reason.kind(), null, "interrupted; " + whatNow, null);
    }

    private static String text(StopReason reason, Patience patience, String whatNow) {
        return switch (reason) {
            case INTERRUPTED -> "interrupted; " + whatNow;
            case DEADLINE -> "the time given by --deadline is over; " + whatNow;
            case NEVER_REACHED ->
                "the provider did not answer within " + patience.firstAnswer().toSeconds()
                        + " s; check HOST, PORT and the network, then run again";
            case NO_PROGRESS -> "no progress within " + patience.progress().toSeconds() + " s; " + whatNow;
        };
    }
}
