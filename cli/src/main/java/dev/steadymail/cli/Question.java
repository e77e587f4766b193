package dev.steadymail.cli;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.cli.outcome.ExitCode;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.util.function.Consumer;

/** A command that opens an account, asks something and prints the answer. */
final class Question {
    private final CommandEnvironment environment;
    private final AccountArguments account;

    Question(CommandEnvironment environment, AccountArguments account) {
        this.environment = environment;
        this.account = account;
    }

    /** Asks; failures go to the caller as exceptions. */
    int ask(Consumer<MailClient> question) {
        try (MailRuntime runtime =
                        MailRuntime.builder().time(environment.time()).build();
                MailClient client = runtime.open(account.open(account.url(), environment))) {
            environment.stop().onStop(client::close);
            question.accept(client);
        }
        if (environment.out().checkError()) {
            throw MailException.of(Kind.STORAGE, "standard output cannot be written; check where it leads to");
        }
        return ExitCode.DONE.number();
    }
}
