package dev.steadymail.cli;

import dev.steadymail.cli.mirror.Depth;
import dev.steadymail.cli.mirror.Difference;
import dev.steadymail.cli.mirror.MirrorEnd;
import dev.steadymail.cli.mirror.MirrorRequest;
import dev.steadymail.cli.mirror.Verification;
import dev.steadymail.cli.mirror.VerifyReport;
import dev.steadymail.cli.outcome.ExitCode;
import dev.steadymail.cli.terminal.Progress;
import dev.steadymail.provider.MailAccount;
import java.util.function.Supplier;

/** What {@code mirror --verify} prints: a line for each difference, and one at the end. */
final class MirrorVerification {
    private final CommandEnvironment environment;
    private final boolean json;
    private boolean printed;

    MirrorVerification(CommandEnvironment environment, boolean json) {
        this.environment = environment;
        this.json = json;
    }

    /** Compares and returns the exit code. */
    int run(MirrorRequest request, Depth depth, Supplier<MailAccount> account) {
        VerifyReport done = compare(request, depth, account);
        print(done);
        ExitCode exit = done.end().exit();
        boolean went = exit == ExitCode.DONE || exit == ExitCode.DIFFERENT;
        if (went && environment.out().checkError()) {
            new Failures(environment).line("standard output cannot be written; check where it leads to");
            return ExitCode.STORAGE.number();
        }
        return exit.number();
    }

    private VerifyReport compare(MirrorRequest request, Depth depth, Supplier<MailAccount> account) {
        try (Progress progress = environment.progress("verify")) {
            Verification verification =
                    new Verification(request, depth, environment.time(), environment.stop(), progress, this::print);
            environment.stop().onAbandon(() -> print(verification.cutOff()));
            return verification.run(account);
        }
    }

    /** Nothing comes after the report, which another thread may print where this one does not come to its end. */
    private synchronized void print(Difference difference) {
        if (!printed) {
            environment.out().print((json ? difference.toJson() : difference.toText()) + "\n");
        }
    }

    private synchronized void print(VerifyReport done) {
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
        if (json && end.exit() != ExitCode.USAGE) {
            environment.out().print(done.toJson() + "\n");
        } else if (end.exit() == ExitCode.DONE || end.exit() == ExitCode.DIFFERENT) {
            environment.out().print(done.toText() + "\n");
        }
    }
}
