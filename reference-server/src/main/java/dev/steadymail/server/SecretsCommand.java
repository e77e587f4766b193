package dev.steadymail.server;

import dev.steadymail.server.settings.FreshSecrets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code steadymail secrets}: makes up the secrets that a server needs; keeps nothing. */
@Command(
        name = "secrets",
        description = "Prints fresh secrets as NAME=VALUE lines, for the environment of a server. Keeps none of them.",
        sortOptions = false)
final class SecretsCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--help", usageHelp = true, description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    SecretsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        FreshSecrets.lines().forEach(console.out()::println);
        return 0;
    }
}
