package dev.steadymail.server;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code steadymail demo}: a server with everything it needs and a mailbox to look at. */
@Command(
        name = "demo",
        description = "Runs a server with a mailbox of generated mail, and with its own PostgreSQL and Redis. Prints"
                + " {\"url\",\"tokenFile\"} when it is ready; Ctrl-C ends it.",
        sortOptions = false)
final class DemoCommand implements Callable<Integer> {
    private final ServerStart start;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Listening listening;

    DemoCommand(ServerStart start) {
        this.start = start;
    }

    @Override
    public Integer call() {
        return start.demo(listening);
    }
}
