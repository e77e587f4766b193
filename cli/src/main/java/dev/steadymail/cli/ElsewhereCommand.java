package dev.steadymail.cli;

import dev.steadymail.cli.outcome.CommandException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** A command of the server, which is a program of its own: here it is only listed. */
abstract class ElsewhereCommand implements Callable<Integer> {
    private final String name;

    private ElsewhereCommand(String name) {
        this.name = name;
    }

    @Override
    public Integer call() {
        throw CommandException.usage(name + " belongs to the server; start it with: bin/steadymail " + name);
    }

    @Command(
            description =
                    "Run a server with a mailbox of generated mail; part of the server, started by bin/steadymail.")
    static final class Demo extends ElsewhereCommand {
        Demo() {
            super("demo");
        }
    }

    @Command(description = "Run the server; part of the server, started by bin/steadymail.")
    static final class Serve extends ElsewhereCommand {
        Serve() {
            super("serve");
        }
    }
}
