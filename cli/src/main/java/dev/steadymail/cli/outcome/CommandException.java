package dev.steadymail.cli.outcome;

import dev.steadymail.mail.MailException.Kind;
import org.jspecify.annotations.Nullable;

/** A command cannot do what it was asked to; the message is the one line to show, with a remedy and without any secret. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode exit;
    private final @Nullable Kind kind;

    private CommandException(ExitCode exit, @Nullable Kind kind, String message) {
        super(message);
        this.exit = exit;
        this.kind = kind;
    }

    /** Returns the failure of a command that was called the wrong way. */
    public static CommandException usage(String message) {
        return new CommandException(ExitCode.USAGE, null, message);
    }

    /** Returns the failure of a command that was given no credentials. */
    public static CommandException credentials(String message) {
        return new CommandException(ExitCode.CREDENTIALS, Kind.AUTH, message);
    }

    /** Returns the failure of a command whose folder another run is using. */
    public static CommandException inUse(String message) {
        return new CommandException(ExitCode.IN_USE, Kind.CONFLICT, message);
    }

    /** Returns the failure of a command whose server cannot be reached or not be trusted. */
    public static CommandException unreached(String message) {
        return new CommandException(ExitCode.UNREACHED, Kind.NETWORK, message);
    }

    /** Returns the failure of a command that may not do what it has to. */
    public static CommandException forbidden(String message) {
        return new CommandException(ExitCode.CREDENTIALS, Kind.FORBIDDEN, message);
    }

    public ExitCode exit() {
        return exit;
    }

    /** Returns the kind to report, or null where none fits. */
    public @Nullable Kind kind() {
        return kind;
    }
}
