package dev.steadymail.cli;

import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.cli.outcome.ExitCode;
import dev.steadymail.cli.terminal.SafeText;
import dev.steadymail.mail.MailException;
import org.jspecify.annotations.Nullable;

/** Tells the user what went wrong: one line on standard error, and an exit code. */
final class Failures {
    private static final int MAX_FRAMES = 60;

    private final CommandEnvironment environment;

    Failures(CommandEnvironment environment) {
        this.environment = environment;
    }

    /** Shows why a command ended and returns its exit code. */
    int end(Exception failure) {
        if (failure instanceof CommandException refusal) {
            line(refusal.getMessage());
            return refusal.exit().number();
        }
        if (failure instanceof MailException error) {
            return end(error);
        }
        internalFault(failure);
        return ExitCode.INTERNAL_FAULT.number();
    }

    /** Shows one line, whatever the message holds. */
    void line(@Nullable String message) {
        environment
                .err()
                .println("steadymail: " + SafeText.line(message == null ? "failed without saying why" : message));
        environment.err().flush();
    }

    void internalFault(Throwable fault) {
        line("internal fault (" + fault.getClass().getSimpleName()
                + "); please report it; STEADYMAIL_DEBUG=1 shows the details");
        if (environment.isDebugging()) {
            details(fault);
        }
    }

    private int end(MailException error) {
        if (environment.stop().isStopped()) {
            line("interrupted");
            return ExitCode.INTERRUPTED.number();
        }
        ExitCode exit = ExitCode.ofQuestion(error.kind());
        if (exit == ExitCode.INTERNAL_FAULT) {
            internalFault(error);
        } else {
            line(error.getMessage());
        }
        return exit.number();
    }

    private void details(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            environment.err().println(SafeText.line(cause.toString()));
            StackTraceElement[] frames = cause.getStackTrace();
            for (int i = 0; i < Math.min(frames.length, MAX_FRAMES); i++) {
                environment.err().println("    at " + frames[i]);
            }
        }
    }
}
