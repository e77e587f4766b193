package dev.steadymail.cli;

import dev.steadymail.cli.account.AccountOpener;
import dev.steadymail.cli.outcome.StopSignal;
import dev.steadymail.cli.terminal.Terminal;
import dev.steadymail.provider.MailAccount;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Runs commands with streams, environment and accounts of the test's own. */
final class CommandBench {
    private final AccountOpener accounts;
    private final Map<String, String> variables = new HashMap<>();
    private StopSignal stop = new StopSignal();
    private InputStream in = InputStream.nullInputStream();

    CommandBench(AccountOpener accounts) {
        this.accounts = accounts;
    }

    static CommandBench of(MailAccount account) {
        return new CommandBench((url, secrets) -> account);
    }

    CommandBench variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    CommandBench stop(StopSignal stop) {
        this.stop = stop;
        return this;
    }

    CommandBench input(String text) {
        this.in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    Ended run(String... args) {
        return run(new ByteArrayOutputStream(), args);
    }

    /** Runs with an output that may refuse to be written. */
    Ended run(OutputStream out, String... args) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        CommandEnvironment environment = new CommandEnvironment(
                in,
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                variables,
                Terminal.NONE,
                accounts,
                SystemTime.start(),
                stop);
        int exit = SteadymailCommand.run(environment, args);
        environment.out().flush();
        environment.err().flush();
        String written = out instanceof ByteArrayOutputStream bytes ? bytes.toString(StandardCharsets.UTF_8) : "";
        return new Ended(exit, written, err.toString(StandardCharsets.UTF_8));
    }

    /** A command that has ended. */
    record Ended(int exit, String out, String err) {}
}
