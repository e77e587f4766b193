package dev.steadymail.cli;

import dev.steadymail.cli.account.ProviderAccounts;
import dev.steadymail.cli.outcome.ExitCode;
import dev.steadymail.cli.outcome.StopSignal;
import dev.steadymail.cli.terminal.SystemTerminal;
import dev.steadymail.time.TimeSource;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The {@code steadymail} command itself: puts the subcommands together and turns their end into an exit code. */
@Command(
        name = "steadymail",
        description = "Reads mailboxes over IMAP and Gmail, copies them to disk, watches them and sends.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = SteadymailCommand.Version.class,
        footer = {
            "",
            "ACCOUNT is one of",
            "  imaps://USER@HOST[:PORT][?ca=FILE]",
            "  imap://USER@HOST[:PORT][?tls=none]   STARTTLS is required; tls=none for this machine only",
            "  gmail://USER[?root=URL&token=URL]",
            "To send, an IMAP account needs smtp=HOST:PORT[&smtptls=implicit|starttls|none] too; without",
            "smtptls it is TLS at port 465 and STARTTLS at any other.",
            "Secrets: STEADYMAIL_PASSWORD, STEADYMAIL_TOKEN, STEADYMAIL_REFRESH_TOKEN with",
            "STEADYMAIL_CLIENT_ID and STEADYMAIL_CLIENT_SECRET, --secret-file, what login stored,",
            "or a prompt."
        })
public final class SteadymailCommand implements Callable<Integer> {
    private final CommandEnvironment environment;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    private SteadymailCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    /** Runs the command that the arguments name and ends the process with its exit code. */
    public static void main(String[] args) {
        StopSignal stop = new StopSignal();
        PrintStream out = stream(FileDescriptor.out);
        PrintStream err = stream(FileDescriptor.err);
        TimeSource time = SystemTime.start();
        CommandEnvironment environment = new CommandEnvironment(
                System.in, out, err, System.getenv(), SystemTerminal.detect(), new ProviderAccounts(time), time, stop);
        ProcessEnd end = ProcessEnd.prepare(environment);
        end.with(run(environment, args));
    }

    static int run(CommandEnvironment environment, String... args) {
        CommandLine line = new CommandLine(new SteadymailCommand(environment))
                .addSubcommand("login", new LoginCommand(environment))
                .addSubcommand("mirror", new MirrorCommand(environment))
                .addSubcommand("mailboxes", new MailboxesCommand(environment))
                .addSubcommand("search", new SearchCommand(environment))
                .addSubcommand("show", new ShowCommand(environment))
                .addSubcommand("send", new SendCommand(environment))
                .addSubcommand("drafts", new DraftsCommand(environment))
                .addSubcommand("watch", new WatchCommand(environment))
                .addSubcommand("doctor", new DoctorCommand(environment))
                .addSubcommand("demo", server(new ElsewhereCommand.Demo()))
                .addSubcommand("serve", server(new ElsewhereCommand.Serve()));
        Failures failures = new Failures(environment);
        return line.setOut(new PrintWriter(environment.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(environment.err(), true, StandardCharsets.UTF_8))
                .setExpandAtFiles(false)
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler(new UsageErrors(failures))
                .setExecutionExceptionHandler((failure, command, parsed) -> failures.end(failure))
                .execute(args);
    }

    private static CommandLine server(ElsewhereCommand command) {
        return new CommandLine(command).setUnmatchedArgumentsAllowed(true);
    }

    /** Called where no subcommand is named. */
    @Override
    public Integer call() {
        spec.commandLine().usage(environment.err());
        return ExitCode.USAGE.number();
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }

    /** The version of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = SteadymailCommand.class.getPackage().getImplementationVersion();
            return new String[] {"steadymail " + (version == null ? "(built from classes)" : version)};
        }
    }
}
