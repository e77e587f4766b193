package dev.steadymail.cli;

import dev.steadymail.MailClient;
import dev.steadymail.MailRuntime;
import dev.steadymail.cli.outcome.ExitCode;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import java.util.function.Consumer;
import java.util.function.Function;

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
        return answer(client -> {
            question.accept(client);
            return ExitCode.DONE;
        });
    }

    /** Asks what can end in several ways, and returns the exit code of how it did. */
    int answer(Function<MailClient, ExitCode> question) {
        ExitCode exit;
        try (MailRuntime runtime =
                        MailRuntime.builder().time(environment.time()).build();
                MailClient client = runtime.open(account.open(account.url(), environment))) {
            environment.stop().onStop(client::close);
            exit = question.apply(client);
        }
        if (environment.out().checkError()) {
            throw MailException.of(Kind.STORAGE, "standard output cannot be written; check where it leads to");
        }
        return exit.number();
    }
}
