package dev.steadymail.cli;

import dev.steadymail.cli.outcome.CommandException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Keeps the name of a command that this version does not have. */
@Command(description = "Not available yet.")
final class UnavailableCommand implements Callable<Integer> {
    private final String name;

    UnavailableCommand(String name) {
        this.name = name;
    }

    @Override
    public Integer call() {
        throw CommandException.usage(
                name
                        + " is not available yet; available: login, mirror, mailboxes, search, show, watch, doctor, demo, serve");
    }
}
