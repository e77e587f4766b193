package dev.steadymail.cli;

import dev.steadymail.MailClient;
import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.cli.account.OutboxFolder;
import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.cli.outcome.ExitCode;
import dev.steadymail.cli.send.Letter;
import dev.steadymail.cli.send.OutboxRun;
import dev.steadymail.cli.send.OutboxRun.Surroundings;
import dev.steadymail.cli.send.SendReport;
import dev.steadymail.cli.terminal.Progress;
import dev.steadymail.send.OutboxEntry;
import dev.steadymail.send.OutboxState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends one message, at most once, or lets go what waits to be sent. */
@Command(
        description = {
            "Sends one message, at most once, and waits until it is known what became of it.",
            "Prints state, key and the sent email's id, with tabs between; the states are sent,",
            "sent-before, unknown, queued, refused, cancelled. With the same key and message it is",
            "not sent again."
        },
        mixinStandardHelpOptions = true,
        versionProvider = SteadymailCommand.Version.class,
        footer = {
            "",
            "IMAP accounts send by the server in their URL: imaps://USER@HOST?smtp=HOST:PORT.",
            "Exit codes: 0 sent, 1 internal fault, 2 wrong usage or a message that is refused, 3 credentials",
            "refused, 4 queued, unknown or not reached, 5 sent but not to all recipients, 6 local storage",
            "failed, 7 another run has the outbox, 130 interrupted."
        })
final class SendCommand implements Callable<Integer> {
    private final CommandEnvironment environment;

    @Mixin
    private final AccountArguments account = new AccountArguments();

    @Mixin
    private final MessageArguments message = new MessageArguments();

    @Option(
            names = "--idempotency-key",
            paramLabel = "KEY",
            description = "Names this sending, to ask for it again; one is made up and printed if not given.")
    private @Nullable String key;

    @Option(
            names = "--outbox",
            paramLabel = "DIR",
            description =
                    "Where messages are kept until they are sent, for all accounts; one of your own if not given.")
    private @Nullable Path outbox;

    @Option(names = "--deadline", paramLabel = "D", description = "Wait no longer than this; 2m if not given.")
    private String deadline = "2m";

    @Option(names = "--resume", description = "Send nothing new: let go what waits, and print the whole outbox.")
    private boolean resume;

    SendCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        AccountUrl url = account.sendingUrl();
        Duration limit = Numbers.duration("--deadline", deadline);
        Question question = new Question(environment, account);
        if (resume) {
            if (key != null || !message.isEmpty()) {
                throw CommandException.usage("--resume sends nothing new; leave key and message out");
            }
            return question.answer(client -> goOn(client, limit));
        }
        message.checkComplete();
        Function<MailClient, Letter> letter = message.letter(url, environment);
        String named = key == null ? UUID.randomUUID().toString() : key;
        return question.answer(client -> send(client, letter, named, limit));
    }

    private ExitCode send(MailClient client, Function<MailClient, Letter> letter, String named, Duration limit) {
        try (Progress progress = environment.progress("send");
                OutboxRun run = open(client, limit, entry -> tell(entry, named, progress))) {
            Letter read = letter.apply(client);
            progress.say("the key is " + named);
            OutboxEntry entry = run.send(read, named);
            SendReport report = report();
            report.print(entry);
            return interruptedOr(report.explain(entry));
        }
    }

    private ExitCode goOn(MailClient client, Duration limit) {
        try (OutboxRun run = open(client, limit, entry -> {})) {
            SendReport report = report();
            ExitCode exit = ExitCode.DONE;
            for (OutboxEntry entry : run.goOn()) {
                report.print(entry);
                ExitCode end = run.isInherited(entry) ? report.explain(entry) : ExitCode.DONE;
                exit = exit == ExitCode.DONE ? end : exit;
            }
            return interruptedOr(exit);
        }
    }

    private OutboxRun open(MailClient client, Duration limit, Consumer<OutboxEntry> changed) {
        Path folder = OutboxFolder.of(outbox, client.id(), environment.secrets(null));
        return OutboxRun.open(client, folder, changed, new Surroundings(environment.time(), environment.stop(), limit));
    }

    private static void tell(OutboxEntry entry, String key, Progress progress) {
        if (!entry.key().equals(key)) {
            return;
        }
        if (entry.state() == OutboxState.SENDING && entry.leftAt() == null) {
            progress.say("sending, attempt " + entry.attempts());
        } else if (entry.state() == OutboxState.UNKNOWN && !entry.isSettled()) {
            progress.say("no answer came; looking among the sent mail");
        }
    }

    private SendReport report() {
        return new SendReport(environment.out(), new Failures(environment)::line);
    }

    private ExitCode interruptedOr(ExitCode exit) {
        if (!environment.stop().isStopped()) {
            return exit;
        }
        new Failures(environment).line("interrupted");
        return ExitCode.INTERRUPTED;
    }
}
