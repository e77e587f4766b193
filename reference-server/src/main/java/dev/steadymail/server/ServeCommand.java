package dev.steadymail.server;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code steadymail serve}: the server. */
@Command(
        name = "serve",
        description = "Runs the server. Prints {\"url\",\"tokenFile\"} when it is ready; SIGTERM or Ctrl-C ends it.",
        sortOptions = false,
        footer = {
            "",
            "Environment, without --embedded:",
            "  DATABASE_URL        postgresql://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=verify-full",
            "  JWT_SECRET          what tokens are signed under, at least 32 bytes",
            "  JWT_REFRESH_SECRET  the same for refresh tokens, another one",
            "  ENCRYPTION_KEY      Base64 of 32 bytes; several separated by commas, the first encrypts",
            "  REDIS_URL           rediss://:PASSWORD@HOST:PORT, optional",
            "",
            "'steadymail secrets' makes the secrets; docs/settings.md has all settings."
        })
final class ServeCommand implements Callable<Integer> {
    private final ServerStart start;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Listening listening;

    @Option(names = "--embedded", description = "Run an own PostgreSQL and Redis below DIR, for development.")
    private boolean embedded;

    ServeCommand(ServerStart start) {
        this.start = start;
    }

    @Override
    public Integer call() {
        return embedded ? start.embedded(listening) : start.external(listening);
    }
}
