package dev.steadymail.cli;

import dev.steadymail.MailClient;
import dev.steadymail.accounts.AccountUrl;
import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.cli.outcome.ExitCode;
import dev.steadymail.cli.send.Letter;
import dev.steadymail.cli.send.SendReport;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.EmailAddress;
import dev.steadymail.mail.EmailId;
import dev.steadymail.mail.Envelope;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists, writes, sends and discards the drafts of an account. */
@Command(
        description = {
            "Lists drafts, or writes, sends or discards one.",
            "The list is newest first, one a line: id, time of arrival, recipients, subject, with tabs",
            "between. --create and --replace print the draft's new id, --send what send prints,",
            "without a key."
        },
        mixinStandardHelpOptions = true,
        versionProvider = SteadymailCommand.Version.class,
        footer = {
            "",
            "Exit codes: 0 done, 1 internal fault, 2 wrong usage or no such draft, 3 credentials refused,",
            "4 not reached or no answer, 5 sent but not to all recipients, 6 a file failed, 130 interrupted."
        })
final class DraftsCommand implements Callable<Integer> {
    private final CommandEnvironment environment;

    @Mixin
    private final AccountArguments account = new AccountArguments();

    @Mixin
    private final MessageArguments message = new MessageArguments();

    @Option(names = "--create", description = "Keep the message of the options as a new draft.")
    private boolean create;

    @Option(names = "--replace", paramLabel = "ID", description = "Put the message in place of this draft's.")
    private @Nullable String replace;

    @Option(names = "--send", paramLabel = "ID", description = "Send this draft, which ends it.")
    private @Nullable String send;

    @Option(names = "--discard", paramLabel = "ID", description = "Remove this draft for good.")
    private @Nullable String discard;

    DraftsCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        check();
        AccountUrl url = send == null ? account.url() : account.sendingUrl();
        return new Question(environment, account).answer(action(url));
    }

    private void check() {
        long actions = Stream.of(create ? "" : null, replace, send, discard)
                .filter(action -> action != null)
                .count();
        if (actions > 1) {
            throw CommandException.usage("--create, --replace, --send and --discard exclude each other; give one");
        }
        boolean writes = create || replace != null;
        if (writes == message.isEmpty()) {
            throw CommandException.usage(
                    writes
                            ? "a draft needs a message; give --to, --subject, --text or others, or --eml FILE"
                            : "options about a message need --create or --replace ID");
        }
    }

    private Function<MailClient, ExitCode> action(AccountUrl url) {
        if (send != null) {
            EmailId draft = EmailIds.read("--send", send);
            return client -> report().tell(client.drafts().send(draft));
        }
        if (discard != null) {
            EmailId draft = EmailIds.read("--discard", discard);
            return done(client -> client.drafts().discard(draft));
        }
        if (replace != null) {
            EmailId draft = EmailIds.read("--replace", replace);
            Function<MailClient, Letter> letter = message.letter(url, environment);
            return done(client -> print(letter.apply(client).replace(draft, client.drafts())));
        }
        if (create) {
            Function<MailClient, Letter> letter = message.letter(url, environment);
            return done(client -> print(letter.apply(client).create(client.drafts())));
        }
        return done(this::list);
    }

    private static Function<MailClient, ExitCode> done(Consumer<MailClient> action) {
        return client -> {
            action.accept(client);
            return ExitCode.DONE;
        };
    }

    private void list(MailClient client) {
        for (Email draft : client.drafts().list()) {
            environment.out().print(EmailLine.of(draft, recipients(draft.envelope())));
            if (environment.out().checkError()) {
                return; // whoever reads has seen enough
            }
        }
    }

    private static String recipients(@Nullable Envelope envelope) {
        return envelope == null
                ? ""
                : Stream.of(envelope.to(), envelope.cc(), envelope.bcc())
                        .flatMap(List::stream)
                        .map(EmailAddress::display)
                        .collect(Collectors.joining(", "));
    }

    private void print(EmailId draft) {
        environment.out().print(draft.value() + "\n");
    }

    private SendReport report() {
        return new SendReport(environment.out(), new Failures(environment)::line);
    }
}
