package dev.steadymail.cli.mirror;

import dev.steadymail.cli.outcome.StopReason;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import org.jspecify.annotations.Nullable;

/** Says why a run was stopped, with what went wrong before as far as that matters. */
final class StoppedRun {
    private StoppedRun() {}

    /**
     * Returns the end of a stopped run.
     *
     * @param failure what the run ended with, usually a consequence of the stop
     * @param last the last failure before the stop, or null
     */
    static MirrorEnd end(StopReason reason, MailException failure, @Nullable MailException last, Patience patience) {
        if (failure.kind() == Kind.STORAGE) {
            return MirrorEnd.of(failure);
        }
        if (reason == StopReason.INTERRUPTED || last == null) {
            return new MirrorEnd(reason.exit(), reason.kind(), null, text(reason, patience), null);
        }
        String message = text(reason, patience) + "; the last failure was " + last.kind() + ": " + last.getMessage();
        return new MirrorEnd(reason.exit(), last.kind(), last.retryAt().orElse(null), message, null);
    }

    /** Returns the end of a run that could not end by itself. */
    static MirrorEnd cutOff() {
        StopReason reason = StopReason.INTERRUPTED;
        return new MirrorEnd(reason.exit(), reason.kind(), null, "interrupted; the next run goes on from here", null);
    }

    private static String text(StopReason reason, Patience patience) {
        return switch (reason) {
            case INTERRUPTED -> "interrupted; what was copied is in the index, and the next run goes on from there";
            case DEADLINE -> "the time given by --deadline is over; run again to go on from here";
            case NEVER_REACHED ->
                "the provider did not answer within " + patience.firstAnswer().toSeconds()
                        + " s; check HOST, PORT and the network, then run again";
            case NO_PROGRESS ->
                "no progress within " + patience.progress().toSeconds() + " s; run again later to go on from here";
        };
    }
}
