package dev.steadymail.cli.doctor;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.accounts.GmailUrl;
import dev.steadymail.accounts.ImapUrl;
import dev.steadymail.cli.doctor.Finding.State;
import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.cli.outcome.ExitCode;
import dev.steadymail.cli.outcome.StopSignal;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.provider.MailAccount;
import dev.steadymail.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Examines one account: each check in its turn, none after one that failed. The network is looked at before anybody is asked for a
 * secret. For one examination; not thread-safe.
 */
public final class Doctor {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

    private final AccountUrl url;
    private final TimeSource time;
    private final StopSignal stop;
    private final Consumer<Finding> hears;
    private final List<Finding> findings = new ArrayList<>();
    private ExitCode exit = ExitCode.DONE;
    private @Nullable Kind kind;
    private @Nullable MailClient client;

    /**
     * Names the account.
     *
     * @param hears of each finding at once
     */
    public Doctor(AccountUrl url, TimeSource time, StopSignal stop, Consumer<Finding> hears) {
        this.url = url;
        this.time = time;
        this.stop = stop;
        this.hears = hears;
    }

    /**
     * Runs the checks.
     *
     * @param opening makes the account once its server is reached; may ask for the secret
     * @throws CommandException wrong usage where a file that the URL names cannot be read
     */
    public Diagnosis examine(Supplier<MailAccount> opening) {
        Endpoint endpoint = Endpoint.of(url);
        if (endpoint.ca() != null) {
            var unused = Trust.certificates(endpoint.ca());
        }
        try (MailRuntime runtime = MailRuntime.builder()
                        .time(time)
                        .callTimeout(CALL_TIMEOUT)
                        .build();
                NetworkChecks network = new NetworkChecks(endpoint, runtime.resolver(), time.clock(), stop)) {
            check("account", () -> understood(endpoint));
            check("host", network::host);
            check("connection", network::connection);
            check("tls", network::tls);
            inside(runtime, opening);
            return new Diagnosis(findings, client == null ? null : client.explain(), exit, kind);
        }
    }

    private void inside(MailRuntime runtime, Supplier<MailAccount> opening) {
        Patient patient = new Patient(runtime, opening);
        check("login", () -> patient.open().login());
        check("rights", () -> patient.open().rights());
        check("limits", () -> Limits.text(patient.account().guard().settings()));
    }

    private String understood(Endpoint endpoint) {
        return (url instanceof GmailUrl ? "Gmail at " : "IMAP at ")
                + endpoint.text()
                + switch (endpoint.protection()) {
                    case TLS -> ", TLS from the first octet";
                    case STARTTLS -> ", TLS by STARTTLS";
                    case NONE -> ", without TLS";
                };
    }

    private void check(String name, Check check) {
        if (exit != ExitCode.DONE) {
            found(new Finding(name, State.UNCHECKED, null));
            return;
        }
        try {
            found(new Finding(name, State.OK, check.look()));
        } catch (CommandException wrong) {
            failed(name, wrong.exit(), wrong.kind(), wrong.getMessage());
        } catch (MailException failure) {
            failed(name, exit(failure.kind()), failure.kind(), failure.getMessage());
        }
    }

    /** Whatever a server does not understand or have here, it is not the server that ACCOUNT should name. */
    private static ExitCode exit(Kind kind) {
        ExitCode exit = ExitCode.of(kind);
        return exit == ExitCode.INTERNAL_FAULT ? ExitCode.UNREACHED : exit;
    }

    private void failed(String name, ExitCode why, @Nullable Kind what, @Nullable String message) {
        boolean stopped = stop.isStopped();
        exit = stopped ? ExitCode.INTERRUPTED : why;
        kind = stopped ? Kind.CANCELLED : what;
        found(new Finding(name, State.FAILED, stopped ? "interrupted" : message));
    }

    private void found(Finding finding) {
        findings.add(finding);
        hears.accept(finding);
    }

    /** The account, opened when a check first needs it. */
    private final class Patient {
        private final MailRuntime runtime;
        private final Supplier<MailAccount> opening;
        private @Nullable MailAccount account;
        private @Nullable AccountChecks checks;

        Patient(MailRuntime runtime, Supplier<MailAccount> opening) {
            this.runtime = runtime;
            this.opening = opening;
        }

        MailAccount account() {
            MailAccount known = account;
            if (known == null) {
                known = opening.get();
                account = known;
            }
            return known;
        }

        AccountChecks open() {
            AccountChecks known = checks;
            if (known == null) {
                MailClient opened = runtime.open(account());
                stop.onStop(opened::close);
                client = opened;
                known = checks(opened);
                checks = known;
            }
            return known;
        }

        private AccountChecks checks(MailClient opened) {
            return url instanceof ImapUrl
                    ? new ImapChecks(opened, () -> time.deadline(CALL_TIMEOUT))
                    : new GmailChecks(opened);
        }
    }
}
