package dev.steadymail.cli;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.cli.watch.AccountWatch;
import dev.steadymail.cli.watch.TemporaryStore;
import dev.steadymail.mail.MailboxId;
import dev.steadymail.watch.WatchOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints every change of an account as it happens. */
@Command(
        description = {
            "Prints every change as it happens, one JSON object a line, until it is ended:",
            "watching, ready, created, updated, moved, destroyed, lost. Changes nothing."
        },
        mixinStandardHelpOptions = true,
        versionProvider = SteadymailCommand.Version.class,
        footer = {
            "",
            "Exit codes: 0 the time of --for is over, 1 internal fault, 2 wrong usage, 3 credentials refused,",
            "4 not reached at the start or not trusted, 6 nobody reads the output any more, 130 interrupted."
        })
final class WatchCommand implements Callable<Integer> {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");

    private final CommandEnvironment environment;

    @Mixin
    private final AccountArguments account = new AccountArguments();

    @Option(
            names = "--mailbox",
            paramLabel = "NAME",
            description = "Watch this mailbox, not the inbox; its full name; may be repeated.")
    private List<String> mailboxes = new ArrayList<>();

    @Option(
            names = "--interval",
            paramLabel = "D",
            description =
                    "Look this often where the server does not tell by itself: seconds, or 30s, 5m; 2m if not given.")
    private @Nullable String interval;

    @Option(names = "--for", paramLabel = "D", description = "End after this time: seconds, or 30s, 5m, 2h.")
    private @Nullable String limit;

    WatchCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        AccountUrl url = account.url();
        WatchOptions options = options();
        Duration longest = limit == null ? null : time("--for", limit);
        try (TemporaryStore store = TemporaryStore.open();
                MailRuntime runtime =
                        MailRuntime.builder().time(environment.time()).build();
                MailClient client = runtime.open(account.open(url, environment))) {
            environment.stop().onStop(client::close);
            AccountWatch watch = new AccountWatch(
                    client, options.mailboxes(scope(client)), store, environment.time(), environment.out());
            environment.stop().onStop(watch::interrupt);
            return watch.run(longest).number();
        }
    }

    private List<MailboxId> scope(MailClient client) {
        List<String> names = mailboxes.isEmpty() ? List.of("INBOX") : mailboxes;
        return names.stream().map(name -> SearchCommand.find(client, name).id()).toList();
    }

    private WatchOptions options() {
        if (interval == null) {
            return WatchOptions.INBOX;
        }
        try {
            return WatchOptions.INBOX.interval(time("--interval", interval));
        } catch (IllegalArgumentException outOfRange) {
            throw CommandException.usage("--interval must be between 1 second and 1 hour");
        }
    }

    private static Duration time(String option, String text) {
        return Numbers.duration(option, SECONDS.matcher(text).matches() ? text + "s" : text);
    }
}
