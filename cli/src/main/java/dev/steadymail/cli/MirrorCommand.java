package dev.steadymail.cli;

import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.accounts.ImapUrl;
import dev.steadymail.cli.mirror.Depth;
import dev.steadymail.cli.mirror.Mirror;
import dev.steadymail.cli.mirror.MirrorEnd;
import dev.steadymail.cli.mirror.MirrorReport;
import dev.steadymail.cli.mirror.MirrorRequest;
import dev.steadymail.cli.mirror.Patience;
import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.cli.outcome.ExitCode;
import dev.steadymail.cli.terminal.Progress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies a mailbox to disk, then keeps it up to date. */
@Command(
        description = "Copies a mailbox to disk, then keeps it up to date.",
        mixinStandardHelpOptions = true,
        versionProvider = SteadymailCommand.Version.class,
        footer = {
            "",
            "Exit codes: 0 done, 1 internal fault, 2 wrong usage or DIR of another account, 3 credentials refused,",
            "4 not reached, not trusted or not served in time, 5 done but some emails parked, or with --verify:",
            "not equal, 6 local storage, 7 DIR in use, 130 interrupted."
        })
final class MirrorCommand implements Callable<Integer> {
    private final CommandEnvironment environment;

    @Mixin
    private final AccountArguments account = new AccountArguments();

    @Parameters(index = "1", paramLabel = "DIR", description = "The folder to copy to, made where missing.")
    private String dir = "";

    @Option(
            names = "--mailbox",
            paramLabel = "NAME",
            description = "Copy this mailbox only; its full name; may be repeated.")
    private List<String> mailboxes = new ArrayList<>();

    @Option(names = "--report", paramLabel = "json", description = "End with one line of JSON on standard output.")
    private @Nullable String report;

    @Option(names = "--deadline", paramLabel = "D", description = "Stop after this time: 30s, 5m, 2h, PT30S.")
    private @Nullable String deadline;

    @Option(
            names = "--verify",
            description = "Compare DIR with the account instead, and change neither: one line for each difference.")
    private boolean verify;

    @Option(names = "--content", description = "With --verify: read every message and compare its octets.")
    private boolean content;

    private boolean printed;

    MirrorCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        AccountUrl url = account.url();
        MirrorRequest request = request();
        if (report != null && !report.equals("json")) {
            throw CommandException.usage("--report knows json only");
        }
        if (content && !verify) {
            throw CommandException.usage("--content needs --verify");
        }
        if (verify) {
            return new MirrorVerification(environment, report != null)
                    .run(request, depth(url), () -> account.open(url, environment));
        }
        MirrorReport done = run(url, request);
        print(done);
        return isLost(done) ? ExitCode.STORAGE.number() : done.end().exit().number();
    }

    /** Gmail tells how large an email is before it is read, but not exactly. */
    private Depth depth(AccountUrl url) {
        if (content) {
            return Depth.CONTENT;
        }
        return url instanceof ImapUrl ? Depth.SIZE : Depth.STATE;
    }

    private MirrorReport run(AccountUrl url, MirrorRequest request) {
        try (Progress progress = environment.progress("mirror")) {
            Mirror mirror = new Mirror(request, environment.time(), environment.stop(), progress);
            environment.stop().onAbandon(() -> print(mirror.cutOff()));
            return mirror.run(() -> account.open(url, environment));
        }
    }

    private MirrorRequest request() {
        return new MirrorRequest(
                folder(),
                mailboxes,
                deadline == null ? null : Numbers.duration("--deadline", deadline),
                Patience.DEFAULT);
    }

    private Path folder() {
        if (dir.isBlank()) {
            throw CommandException.usage("DIR must name a folder");
        }
        try {
            return Path.of(dir).toAbsolutePath();
        } catch (InvalidPathException notAPath) {
            throw CommandException.usage("DIR must name a folder");
        }
    }

    /** Says so where all went well but the report did not get out; an earlier cause would stay the cause. */
    private boolean isLost(MirrorReport done) {
        if (!environment.out().checkError() || done.end().exit() != ExitCode.DONE) {
            return false;
        }
        new Failures(environment).line("standard output cannot be written; check where it leads to");
        return true;
    }

    /** The first report is the only one: the thread that ends the process may be about to print one too. */
    private synchronized void print(MirrorReport done) {
        if (printed) {
            return;
        }
        printed = true;
        MirrorEnd end = done.end();
        Failures failures = new Failures(environment);
        if (end.fault() != null) {
            failures.internalFault(end.fault());
        } else if (end.message() != null) {
            failures.line(end.message());
        }
        if (end.exit() == ExitCode.DONE || end.exit() == ExitCode.PARKED) {
            environment.err().println("mirror: " + done.toText());
        }
        if (report != null && end.exit() != ExitCode.USAGE) {
            environment.out().print(done.toJson() + "\n");
        }
    }
}
