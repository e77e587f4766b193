package dev.steadymail.cli;

import dev.steadymail.MailClient;
import dev.steadymail.cli.outcome.CommandException;
import dev.steadymail.mail.Email;
import dev.steadymail.mail.MailException;
import dev.steadymail.mail.MailException.Kind;
import dev.steadymail.mail.Mailbox;
import dev.steadymail.query.EmailQuery;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the emails that meet all conditions given, newest first. */
@Command(
        description =
                "Lists emails, newest first (IMAP: mailbox by mailbox), one a line: id, time of arrival, from, subject, with tabs between.",
        mixinStandardHelpOptions = true,
        versionProvider = SteadymailCommand.Version.class)
final class SearchCommand implements Callable<Integer> {
    private static final int MAX_LIMIT = 1_000_000;

    private final CommandEnvironment environment;

    @Mixin
    private final AccountArguments account = new AccountArguments();

    @Option(names = "--mailbox", paramLabel = "NAME", description = "Look in this mailbox only; its full name.")
    private @Nullable String mailbox;

    @Option(names = "--from", paramLabel = "TEXT", description = "The From field holds this text.")
    private @Nullable String from;

    @Option(names = "--subject", paramLabel = "TEXT", description = "The subject holds this text.")
    private @Nullable String subject;

    @Option(names = "--text", paramLabel = "TEXT", description = "Header or body hold this text.")
    private @Nullable String text;

    @Option(names = "--unseen", description = "Not read yet.")
    private boolean unseen;

    @Option(names = "--raw", paramLabel = "QUERY", description = "A condition in the provider's own language.")
    private @Nullable String raw;

    @Option(names = "--limit", paramLabel = "N", description = "Stop after N emails; 20 if not given.")
    private String limit = "20";

    SearchCommand(CommandEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        long most = Numbers.between("--limit", limit, 1, MAX_LIMIT);
        return new Question(environment, account).ask(client -> search(client, most));
    }

    private void search(MailClient client, long most) {
        EmailQuery query = query(client).limit(most);
        try {
            for (Email email : client.emails().query(query)) {
                environment.out().print(EmailLine.of(email, email.from()));
                if (environment.out().checkError()) {
                    return; // whoever reads has seen enough
                }
            }
        } catch (MailException failure) {
            throw raw != null && failure.kind() == Kind.UNSUPPORTED ? noRaw() : failure;
        }
    }

    private static CommandException noRaw() {
        return CommandException.usage("--raw: this server has no query language of its own; use the other options");
    }

    private EmailQuery query(MailClient client) {
        EmailQuery query = mailbox == null
                ? EmailQuery.everywhere()
                : EmailQuery.in(find(client, mailbox).id());
        query = with(query, "--from", from, EmailQuery::from);
        query = with(query, "--subject", subject, EmailQuery::subject);
        query = with(query, "--text", text, EmailQuery::text);
        query = with(query, "--raw", raw, EmailQuery::raw);
        return unseen ? query.unseen() : query;
    }

    private static EmailQuery with(
            EmailQuery query, String option, @Nullable String value, BiFunction<EmailQuery, String, EmailQuery> add) {
        try {
            return value == null ? query : add.apply(query, value);
        } catch (IllegalArgumentException refused) {
            throw CommandException.usage(option + ": " + refused.getMessage());
        }
    }

    static Mailbox find(MailClient client, String name) {
        return client.mailboxes()
                .find(name)
                .orElseThrow(() -> CommandException.usage(
                        "--mailbox names a mailbox that is not there; list them with: steadymail mailboxes ACCOUNT"));
    }
}
