package dev.steadymail.server;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The commands of {@code steadymail} that run a server: puts them together, and turns a failed start into an exit code. */
@Command(
        name = "steadymail",
        description = "Serves mailboxes over HTTP.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = ServerCommand.Version.class)
public final class ServerCommand implements Callable<Integer> {
    private static final String DEBUG = "STEADYMAIL_DEBUG";

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    private ServerCommand() {}

    /** Runs the command that the arguments name. Returns while a server is running; ends the process otherwise. */
    public static void main(String[] args) {
        Map<String, String> environment = System.getenv();
        boolean debugging = "1".equals(environment.get(DEBUG));
        // Before the first logger: what the log shows of an exception.
        System.setProperty("steadymail.log.exception", debugging ? "%ex" : "%nopex");
        System.setProperty("steadymail.log.failure", debugging ? "ERROR" : "OFF");
        Console console = new Console(stream(FileDescriptor.out), stream(FileDescriptor.err), debugging);
        // Whoever prints, standard output is for the line that says where the server is.
        System.setOut(System.err);
        ServerEnd end = ServerEnd.ofThisProcess(console);
        int code = run(new ServerStart(console, environment, end), console, args);
        if (!end.isServing()) {
            System.exit(code);
        }
    }

    static int run(ServerStart start, Console console, String... args) {
        UsageErrors errors = new UsageErrors(console);
        return new CommandLine(new ServerCommand())
                .addSubcommand("demo", new DemoCommand(start))
                .addSubcommand("serve", new ServeCommand(start))
                .addSubcommand("secrets", new SecretsCommand(console))
                .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
                .setExpandAtFiles(false)
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler((failure, command, parsed) -> console.failure(failure))
                .execute(args);
    }

    /** Called where no subcommand is named. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return CommandLine.ExitCode.USAGE;
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** The version of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = ServerCommand.class.getPackage().getImplementationVersion();
            return new String[] {"steadymail server " + (version == null ? "(built from classes)" : version)};
        }
    }
}
