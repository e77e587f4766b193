package dev.steadymail.cli;

import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.cli.doctor.Diagnosis;
import dev.steadymail.cli.doctor.Doctor;
import dev.steadymail.cli.doctor.Finding;
import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says whether an account works, and where not, what to do. */
@Command(
        description = {
            "Examines an account: host, connection, TLS, login, rights and limits, one a line,",
            "then why it is as fast as it is. Changes nothing."
        },
        mixinStandardHelpOptions = true,
        versionProvider = SteadymailCommand.Version.class)
final class DoctorCommand implements Callable<Integer> {
    private final CommandEnvironment environment;

    @Mixin
    private final AccountArguments account = new AccountArguments();

    @Option(names = "--report", paramLabel = "json", description = "One line of JSON instead.")
    private @Nullable String report;

    DoctorCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        AccountUrl url = account.url();
        if (report != null && !report.equals("json")) {
            throw CommandException.usage("--report knows json only");
        }
        Doctor doctor = new Doctor(url, environment.time(), environment.stop(), this::found);
        Diagnosis diagnosis = doctor.examine(() -> account.open(url, environment));
        print(diagnosis);
        if (environment.out().checkError()) {
            throw MailException.of(Kind.STORAGE, "standard output cannot be written; check where it leads to");
        }
        return diagnosis.exit().number();
    }

    private void found(Finding finding) {
        if (report == null) {
            environment.out().print(finding.text() + "\n");
            environment.out().flush();
        }
        if (finding.state() == Finding.State.FAILED) {
            new Failures(environment).line(finding.check() + ": " + finding.detail());
        }
    }

    private void print(Diagnosis diagnosis) {
        if (report != null) {
            environment.out().print(diagnosis.toJson() + "\n");
        } else if (diagnosis.explanation() != null) {
            environment.out().print("\n" + diagnosis.explanation().text());
        }
    }
}
