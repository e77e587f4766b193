package dev.steadymail.cli.outcome;

import dev.steadymail.mail.MailException.Kind;

/** Why a command has to end before its work is done. */
public enum StopReason {
    INTERRUPTED(ExitCode.INTERRUPTED, Kind.CANCELLED),
    /** The time given by the caller is over. */
    DEADLINE(ExitCode.UNREACHED, Kind.DEADLINE),
    /** The provider gave no answer at all. */
    NEVER_REACHED(ExitCode.UNREACHED, Kind.NETWORK),
    NO_PROGRESS(ExitCode.UNREACHED, Kind.TIMEOUT);

    private final ExitCode exit;
    private final Kind kind;

    StopReason(ExitCode exit, Kind kind) {
        this.exit = exit;
        this.kind = kind;
    }

    public ExitCode exit() {
        return exit;
    }

    /** Returns the kind to report where no failure came before. */
    public Kind kind() {
        return kind;
    }
}
