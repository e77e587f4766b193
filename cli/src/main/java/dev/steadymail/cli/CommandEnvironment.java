package dev.steadymail.cli;

import dev.steadymail.cli.account.AccountOpener;
import dev.steadymail.cli.account.Secrets;
import dev.steadymail.cli.outcome.StopSignal;
import dev.steadymail.cli.terminal.BarProgress;
import dev.steadymail.cli.terminal.PlainProgress;
import dev.steadymail.cli.terminal.Progress;
import dev.steadymail.cli.terminal.Terminal;
import dev.steadymail.time.TimeSource;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds a command, so that nothing reaches for the process itself.
 *
 * @param in what the command is given to read
 * @param out data and reports, in UTF-8
 * @param err progress and errors
 * @param variables the environment
 * @param terminal the person at the keyboard
 * @param accounts how accounts are reached
 * @param time clock and timers
 * @param stop asks the command to end
 */
record CommandEnvironment(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> variables,
        Terminal terminal,
        AccountOpener accounts,
        TimeSource time,
        StopSignal stop) {
    CommandEnvironment {
        variables = Map.copyOf(variables);
    }

    Secrets secrets(@Nullable Path file) {
        return new Secrets(file, variables, terminal, err);
    }

    Progress progress(String task) {
        return terminal.isInteractive() ? new BarProgress(err, task) : new PlainProgress(err, task, time.nanos());
    }

    boolean isDebugging() {
        return "1".equals(variables.get("STEADYMAIL_DEBUG"));
    }

    @Override
    public String toString() {
        return "CommandEnvironment[hidden]";
    }
}
